"""Operations: home folder, clock, backup and restore."""
