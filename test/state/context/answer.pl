# Stands for Airflow where a test is about something else: says to every request that all is well.
use strict;
use Socket;

our $beat = time;

# A part of Airflow whose heart beats with every request.
sub part { my ($name) = @_; sprintf('"%s": {"status": "healthy", "latest_%s_heartbeat": "%d"}', $name, $name, $beat) }

$SIG{TERM} = sub { exit 0 };
socket(my $server, PF_INET, SOCK_STREAM, 0) or die $!;
setsockopt($server, SOL_SOCKET, SO_REUSEADDR, 1);
bind($server, sockaddr_in($ARGV[0], INADDR_ANY)) or die $!;
listen($server, 64);
while (accept(my $client, $server)) {
  sysread($client, my $request, 65536);
  $beat++;
  my $body = '{"version": "light", "metadatabase": {"status": "healthy"}, '
    . join(", ", map { part($_) } qw(scheduler triggerer dag_processor)) . '}';
  syswrite($client, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
    . "Content-Length: " . length($body) . "\r\n\r\n$body");
  close($client);
}
