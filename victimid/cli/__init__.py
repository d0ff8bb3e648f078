"""The command line: the second front end, for administrators, headquarters, form authors and scripts."""
