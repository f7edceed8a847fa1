// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.store.StoreException;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.FrameChannel;
import org.taffrail.wire.local.LocalBrokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The brokers inside this JVM: one for each folder, and one for each name in memory, shared by all
 * who connect and stopped with its last connection, or before that on request. A receiver hears of
 * the end of that last connection when the broker has stopped: whoever waits for it finds the
 * folder free. May be used from any thread.
 */
public final class EmbeddedBrokers implements LocalBrokers {
    private static final String DIR = "dir";
    private static final String NAME = "name";
    private static final String DEFAULT_NAME = "default";

    /** All of this class loader's brokers; what they run on is shared by the JVM as well. */
    private static final Map<String, Shared> BROKERS = new HashMap<>();

    /** For {@link java.util.ServiceLoader}. */
    public EmbeddedBrokers() {}

    /** A broker and those who use it. The last two fields are guarded by the map. */
    private static final class Shared {
        final String key;
        final BrokerConfig config;
        final CompletableFuture<Broker> started = new CompletableFuture<>();
        final CompletableFuture<Void> gone = new CompletableFuture<>();
        int users;
        boolean leaving;

        Shared(String key, BrokerConfig config) {
            this.key = key;
            this.config = config;
        }
    }

    @Override
    public void check(Map<String, String> options) {
        config(options);
    }

    private static BrokerConfig config(Map<String, String> options) {
        Map<String, String> keys = new HashMap<>(options);
        String dir = keys.remove(DIR);
        String name = keys.remove(NAME);
        if (dir != null && name != null) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    "\"name\" is for brokers in memory; this one has a \"dir\"");
        }
        return BrokerConfig.embedded(keys, List.of(DIR, NAME));
    }

    @Override
    public FrameChannel connect(Map<String, String> options, FrameChannel.Receiver receiver) {
        BrokerConfig config = config(options);
        String dir = options.get(DIR);
        if (dir != null) {
            Path folder = canonical(dir);
            config = config.with(BrokerKeys.DATA, folder.toString());
            return connect(keyOf(folder), config, receiver);
        }
        return connect(keyOf(options.get(NAME)), config, receiver);
    }

    private static String keyOf(Path folder) {
        return "dir " + folder;
    }

    private static String keyOf(String name) {
        return "name " + (name == null ? DEFAULT_NAME : name);
    }

    @Override
    public boolean stop(Map<String, String> options) {
        String dir = options.get(DIR);
        Shared shared;
        synchronized (BROKERS) {
            shared = BROKERS.get(dir == null ? keyOf(options.get(NAME)) : keyOf(canonical(dir)));
            if (shared == null) {
                return false;
            }
            shared.leaving = true;
        }
        if (shared.started.handle((broker, failure) -> failure != null).join()) {
            return false;
        }
        stop(shared);
        return true;
    }

    private static Path canonical(String dir) {
        try {
            return Files.createDirectories(Path.of(dir)).toRealPath();
        } catch (IOException | IllegalArgumentException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "dir=" + dir + " can't be used: " + e);
        }
    }

    private static FrameChannel connect(
            String key, BrokerConfig config, FrameChannel.Receiver receiver) {
        while (true) {
            Shared shared;
            boolean leaving;
            boolean first;
            synchronized (BROKERS) {
                shared = BROKERS.get(key);
                first = shared == null;
                if (first) {
                    shared = new Shared(key, config);
                    BROKERS.put(key, shared);
                }
                leaving = shared.leaving;
                if (!leaving) {
                    shared.users++;
                }
            }
            if (!leaving) {
                if (first) {
                    start(shared);
                }
                return connect(shared, config, receiver);
            }
            shared.gone.join();
        }
    }

    private static void start(Shared shared) {
        Broker broker = new Broker(shared.config, StoreFactory.of(shared.config), false);
        try {
            broker.start();
            shared.started.complete(broker);
        } catch (StoreException | IOException e) {
            shared.started.completeExceptionally(
                    new WireException(ErrorCode.STORE_FAILED, e.getMessage()));
        } catch (RuntimeException | Error e) {
            shared.started.completeExceptionally(e);
            throw e;
        } finally {
            if (shared.started.isCompletedExceptionally()) {
                forget(shared);
            }
        }
    }

    private static FrameChannel connect(
            Shared shared, BrokerConfig config, FrameChannel.Receiver receiver) {
        Broker broker;
        try {
            broker = shared.started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WireException known) {
                throw known;
            }
            throw e;
        }
        boolean connected = false;
        try {
            String other = config.differsFrom(shared.config);
            if (other != null) {
                throw new WireException(
                        ErrorCode.INVALID_OPTION,
                        "the embedded broker runs already, with " + other);
            }
            FrameChannel channel = broker.connect(new Counted(shared, receiver));
            connected = true;
            return channel;
        } finally {
            if (!connected && leave(shared)) {
                stop(shared);
            }
        }
    }

    /** Counts a user out; true for the last one, who stops the broker. */
    private static boolean leave(Shared shared) {
        synchronized (BROKERS) {
            shared.users--;
            shared.leaving |= shared.users == 0;
            return shared.users == 0;
        }
    }

    private static void stop(Shared shared) {
        try {
            shared.started.join().stop();
        } finally {
            forget(shared);
        }
    }

    private static void forget(Shared shared) {
        synchronized (BROKERS) {
            shared.leaving = true;
            BROKERS.remove(shared.key, shared);
        }
        shared.gone.complete(null);
    }

    /** A connection's receiver, which gives its share of the broker back at the end. */
    private static final class Counted implements FrameChannel.Receiver {
        private final Shared shared;
        private final FrameChannel.Receiver receiver;

        Counted(Shared shared, FrameChannel.Receiver receiver) {
            this.shared = shared;
            this.receiver = receiver;
        }

        @Override
        public void received(byte[] array, int at, int length) {
            receiver.received(array, at, length);
        }

        @Override
        public void closed(Throwable cause) {
            if (!leave(shared)) {
                receiver.closed(cause);
                return;
            }
            // this is the broker's thread, which can't wait for its own end
            Thread stopper =
                    new Thread(
                            () -> {
                                try {
                                    stop(shared);
                                } finally {
                                    receiver.closed(cause);
                                }
                            },
                            "taffrail-embedded-stop");
            stopper.start();
        }
    }
}
