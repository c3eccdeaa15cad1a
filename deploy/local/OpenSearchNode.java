import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/** One OpenSearch node out of its libraries, with HTTP and without anything else. Arguments: name=value settings. */
public final class OpenSearchNode extends Node {
    private OpenSearchNode(Map<String, String> settings) {
        super(
            InternalSettingsPreparer.prepareEnvironment(Settings.EMPTY, settings, null, () -> "saraban"),
            List.of(Netty4Plugin.class),
            false
        );
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String argument : arguments) {
            int sign = argument.indexOf('=');
            settings.put(argument.substring(0, sign), argument.substring(sign + 1));
        }
        Node node = new OpenSearchNode(settings).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        new CountDownLatch(1).await();
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (Exception failure) {
            failure.printStackTrace();
        }
    }
}
