"""Courts' people, posts, accounts, settings and audit log, in the hands of three separate administrators.

The system administrator keeps people and accounts, the security administrator grants posts, the audit
administrator reads the log; nobody holds two of the three offices, and none of them sees a case.
"""
