"""What happens in the KennisHub: a module a subject, one function a verb."""
