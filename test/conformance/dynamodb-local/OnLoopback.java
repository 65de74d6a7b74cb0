import java.lang.reflect.Field;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * Runs DynamoDB Local in memory on 127.0.0.1 only and on a free port, which it prints; by default it listens on every
 * address. Ends when its input ends, so that it can't outlive the process that started it.
 */
public final class OnLoopback {
    private OnLoopback() { }

    public static void main(final String[] arguments) throws Exception {
        final String[] options = {"-inMemory", "-sharedDb", "-disableTelemetry", "-port", "2"};
        final DynamoDBProxyServer proxy = ServerRunner.createServerFromCommandLineArgs(options);
        final Field field = DynamoDBProxyServer.class.getDeclaredField("server");
        field.setAccessible(true);
        final ServerConnector connector = (ServerConnector) ((Server) field.get(proxy)).getConnectors()[0];
        connector.setHost("127.0.0.1");
        connector.setPort(0);
        proxy.start();
        System.out.println("port " + connector.getLocalPort());
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }
}
