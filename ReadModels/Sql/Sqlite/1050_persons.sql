-- What is said of persons stands sealed in events and nowhere else: snapshots of their streams are no longer made, and those there are go.
delete from snapshots where stream_type = 'users';
