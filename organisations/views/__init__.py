"""Pages on which boards, schools, networks, their people and roles are managed; one module per noun."""
