"""The client for asyncio and trio. The one that waits for each answer is made from these files."""
