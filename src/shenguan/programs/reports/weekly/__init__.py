"""周提醒: one sheet a judge, a packet a division, rows for the message gateway."""
