"""Zoom as HTTP: requests, answers, paging, rate limits and downloads."""
