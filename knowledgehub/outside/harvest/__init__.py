"""What another library shows the world, brought here: fetched with care, read in any binding, kept in step."""
