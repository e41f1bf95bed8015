"""What is to be told now, asked of every app. Each source takes its facts in as many queries for many people as for one."""
