"""Runs the gateway in front of two pretended API nodes on the loopback address, and watches where requests go."""
import base64, contextlib, http.server, json, os, socket, subprocess, sys, threading, time, urllib.error, urllib.request

CONFIGURATION = "deploy/haproxy/haproxy.cfg"


class Node(http.server.ThreadingHTTPServer):
    """Says its name; on /break it ends the connection without an answer while it is told to."""
    daemon_threads = True

    def __init__(self, name):
        self.name, self.ready, self.breaks, self.broke = name, True, False, 0
        super().__init__(("127.0.0.1", 0), Request)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    # Health checks end their connections as they please.
    def handle_error(self, *_):
        pass

    @property
    def address(self):
        return f"127.0.0.1:{self.server_address[1]}"


class Request(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        node = self.server
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/break") and node.breaks:
            node.broke += 1
            self.close_connection = True
            return
        body = json.dumps({"node": node.name, "from": self.headers.get("X-Forwarded-For"), "path": self.path}).encode()
        self.send_response(503 if self.path == "/health/ready" and not node.ready else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Gateway:
    def __init__(self, *nodes, **more):
        self.port, self.status = free_port(), free_port()
        settings = {"TMS_GATEWAY_BIND": f"127.0.0.1:{self.port}", "TMS_GATEWAY_STATUS": f"127.0.0.1:{self.status}", "TMS_API_1": nodes[0].address, "TMS_API_2": nodes[1].address} | more
        self.process = subprocess.Popen(["haproxy", "-db", "-f", CONFIGURATION], env=os.environ | settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def ask(self, path, method="GET", **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method, headers={k.replace("_", "-"): v for k, v in headers.items()})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers) | {"body": error.read().decode()}

    def servers_up(self, backend):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.status}/metrics", timeout=10) as answer:
            return next(int(line.split()[-1]) for line in answer.read().decode().splitlines() if line.startswith(f'haproxy_backend_active_servers{{proxy="{backend}"}}'))

    def until(self, count, backend="api"):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                if self.servers_up(backend) == count:
                    return
            time.sleep(0.1)
        raise AssertionError(f"{backend} never had {count} servers")

    def stop(self):
        self.process.kill()
        return self.process.communicate()[0]


def token(user):
    part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
    return f'{part({"alg": "ES256"})}.{part({"sub": user, "jti": os.urandom(4).hex()})}.signature'


def check(holds, what):
    print(("ok     " if holds else "FAILED ") + what)
    return holds


def run_behind_proxy(gateway):
    gateway.until(2)
    yield check(gateway.ask("/", X_Forwarded_For="203.0.113.7")[1]["from"] == "203.0.113.7", "behind a proxy it passes on for whom that calls")
    yield check({gateway.ask(path)[0] for path in ("/metrics", "/Metrics/", "//metrics", "/%6detrics", "/x/../metrics")} == {404}, "and shows nobody the metrics of a node")


def run(a, b, gateway):
    gateway.until(2)
    gateway.until(2, "live")
    users = [f"user-{i}" for i in range(21)]
    first = [gateway.ask("/hubs/live/negotiate", "POST", Authorization=f"Bearer {token(user)}")[1]["node"] for user in users]
    again = [gateway.ask(f"/hubs/live?id=x&access_token={token(user)}")[1]["node"] for user in users]
    yield check(first == again and set(first) == {"a", "b"}, "a user's negotiation and connection meet the same node, with a newer token too; users spread over both")
    keys = [f"tms_{i:091d}" for i in range(21)]
    first = [gateway.ask("/hubs/live/negotiate", "POST", Authorization=f"Bearer {key}")[1]["node"] for key in keys]
    again = [gateway.ask(f"/hubs/live?id=x&access_token={key}")[1]["node"] for key in keys]
    yield check(first == again and set(first) == {"a", "b"}, "so do those of an API key, which names nobody")
    yield check({gateway.ask(path)[0] for path in ("/metrics", "/Metrics/", "//metrics", "/%6detrics", "/x/../metrics")} == {404}, "nobody is shown the metrics of a node")
    yield check(gateway.ask("/", X_Forwarded_For="6.6.6.6")[1]["from"] == "127.0.0.1", "a client cannot say whom it calls for")

    a.breaks = True
    codes = lambda method, path="/break", **headers: {gateway.ask(path, method, **headers)[0] for _ in range(8)}
    yield check(codes("GET") == {200} and a.broke > 0, "a read goes to another node when its node breaks")
    yield check(codes("POST", Idempotency_Key="k") == {200}, "so does a command with an Idempotency-Key")
    yield check(502 in codes("POST") and 502 in codes("PUT", Idempotency_Key="k") and 502 in codes("DELETE"), "and no other command: it might happen twice")
    yield check(502 in codes("POST", "/break/auth/login", Idempotency_Key="k"), "nor a login, which takes no such key")
    a.breaks = False

    a.ready = False
    gateway.until(1)
    gateway.until(1, "live")
    moved = [gateway.ask(f"/hubs/live?id=x&access_token={token(user)}")[1]["node"] for user in users]
    yield check({gateway.ask("/")[1]["node"] for _ in range(6)} == {"b"} and set(moved) == {"b"}, "a node that is not ready is asked for nothing; its users go on elsewhere")
    b.ready = False
    gateway.until(0)
    yield check(gateway.ask("/")[0] == 200, "when none is ready those that live answer for themselves")
    for node in (a, b):
        node.shutdown()
        node.server_close()
    gateway.until(0, "alive")
    code, answer = gateway.ask("/")
    yield check(code == 503 and answer["retry-after"] == "5" and json.loads(answer["body"])["code"] == "unavailable", "when none lives the answer is a problem, with Retry-After")
    secret = token("somebody")
    gateway.ask(f"/hubs/live?access_token={secret}")
    yield check(secret not in gateway.stop(), "no token is written into the log")


if __name__ == "__main__":
    nodes = Node("a"), Node("b")
    gateway, behind = Gateway(*nodes), Gateway(*nodes, TMS_BEHIND_PROXY="yes")
    try:
        sys.exit(0 if all([*run_behind_proxy(behind), *run(*nodes, gateway)]) else 1)
    finally:
        gateway.process.kill()
        behind.process.kill()
