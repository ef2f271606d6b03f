# Stands for Airflow where a test is about something else: says to every request that all is well.
use strict;
use Socket;

my $body = '{"version": "light", "metadatabase": {"status": "healthy"}, "scheduler": {"status": "healthy"},'
  . ' "triggerer": {"status": "healthy"}, "dag_processor": {"status": "healthy"}}';
$SIG{TERM} = sub { exit 0 };
socket(my $server, PF_INET, SOCK_STREAM, 0) or die $!;
setsockopt($server, SOL_SOCKET, SO_REUSEADDR, 1);
bind($server, sockaddr_in($ARGV[0], INADDR_ANY)) or die $!;
listen($server, 64);
while (accept(my $client, $server)) {
  sysread($client, my $request, 65536);
  syswrite($client, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
    . "Content-Length: " . length($body) . "\r\n\r\n$body");
  close($client);
}
