// Ends before it takes a request.
process.exit(7);
