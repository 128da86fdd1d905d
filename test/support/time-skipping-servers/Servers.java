import io.temporal.testserver.TestServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Many time-skipping servers in one Java process: `open PORT` on standard input starts one, `close PORT` ends it. Each `open` is
 * answered by `opened PORT` or `failed PORT reason`. The end of the input ends them all.
 */
class Servers {
  private static final Map<String, TestServer.PortBoundTestServer> SERVERS = new ConcurrentHashMap<>();

  public static void main(String[] arguments) throws Exception {
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      String[] words = line.split(" ");
      Runnable order = words[0].equals("open") ? () -> open(words[1]) : () -> close(words[1]);
      // Each in a thread of its own: a server that takes long to end holds nobody up.
      new Thread(order).start();
    }
    System.exit(0);
  }

  private static void open(String port) {
    try {
      SERVERS.put(port, TestServer.createPortBoundServer(Integer.parseInt(port)));
      System.out.println("opened " + port);
    } catch (Throwable error) {
      // Also where threads or memory ran out: a borrower without an answer would wait for ever.
      System.out.println("failed " + port + " " + error);
    }
  }

  private static void close(String port) {
    TestServer.PortBoundTestServer server = SERVERS.remove(port);
    if (server != null) server.close();
  }
}
