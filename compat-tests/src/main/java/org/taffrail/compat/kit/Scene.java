// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where one check takes place: connections, destinations and names that are its own, and ways to
 * wait. What is opened through it is closed with it, in reverse order.
 *
 * <p>Used by the thread that runs the check, except {@link #name}, {@link #factory}, the waits and
 * {@link #close}.
 */
public final class Scene implements AutoCloseable {
    private static final int POLL_MS = 2;

    private final Provider provider;
    private final Timing timing;
    private final String prefix;
    private final AtomicInteger names = new AtomicInteger();
    private final Opened opened = new Opened();
    private final ConcurrentLinkedQueue<Destination> borrowed = new ConcurrentLinkedQueue<>();
    private ConnectionFactory factory;
    private JMSContext naming;

    /**
     * How long is waited.
     *
     * @param patienceMs how long something that must come may take
     * @param quietMs how long nothing must come where nothing may
     */
    public record Timing(long patienceMs, long quietMs) {}

    /** Tells whether something has happened. */
    @FunctionalInterface
    public interface Condition {
        /**
         * Looks.
         *
         * @return true if it has
         * @throws JMSException if that can't be told
         */
        boolean holds() throws JMSException;
    }

    /**
     * Prepares a scene.
     *
     * @param provider the provider under test
     * @param timing how long is waited
     * @param prefix what all names begin with; letters, digits and dots
     */
    public Scene(Provider provider, Timing timing, String prefix) {
        this.provider = provider;
        this.timing = timing;
        this.prefix = prefix;
    }

    // ---- connections

    /**
     * Returns the provider's connection factory.
     *
     * @return the factory, always the same one, which no other check has
     */
    public synchronized ConnectionFactory factory() {
        if (factory == null) {
            factory = provider.connectionFactory();
        }
        return factory;
    }

    /**
     * Makes the connection factory the one that the provider's owner names for a purpose, if one is
     * named. Before anything is opened.
     *
     * @param key the setting that names it, such as {@code definedPropertiesFactory}
     */
    public synchronized void useFactory(String key) {
        if (factory != null) {
            throw new IllegalStateException("another connection factory is in use");
        }
        factory = provider.connectionFactory(key);
    }

    /**
     * Returns the connection factory as another of its interfaces.
     *
     * @param <T> the interface
     * @param type for example {@code QueueConnectionFactory}
     * @return the factory
     * @throws UnsupportedFacilityException if it is none
     */
    public <T> T factory(Class<T> type) {
        ConnectionFactory factory = factory();
        if (!type.isInstance(factory)) {
            throw new UnsupportedFacilityException(
                    "the connection factory is no " + type.getSimpleName());
        }
        return type.cast(factory);
    }

    /**
     * Opens a connection that is not started.
     *
     * @return the connection
     * @throws JMSException if the provider refuses
     */
    public Connection connect() throws JMSException {
        return closing(factory().createConnection());
    }

    /**
     * Opens a connection and starts it.
     *
     * @return the connection
     * @throws JMSException if the provider refuses
     */
    public Connection started() throws JMSException {
        Connection connection = connect();
        connection.start();
        return connection;
    }

    /**
     * Opens an AUTO_ACKNOWLEDGE session on a started connection of its own.
     *
     * @return the session
     * @throws JMSException if the provider refuses
     */
    public Session session() throws JMSException {
        return session(Session.AUTO_ACKNOWLEDGE);
    }

    /**
     * Opens a session on a started connection of its own.
     *
     * @param mode an acknowledgement mode, or {@link Session#SESSION_TRANSACTED}
     * @return the session
     * @throws JMSException if the provider refuses
     */
    public Session session(int mode) throws JMSException {
        return started().createSession(mode);
    }

    /**
     * Opens an AUTO_ACKNOWLEDGE context.
     *
     * @return the context
     */
    public JMSContext context() {
        return context(JMSContext.AUTO_ACKNOWLEDGE);
    }

    /**
     * Opens a context.
     *
     * @param mode its session mode
     * @return the context
     */
    public JMSContext context(int mode) {
        return closing(factory().createContext(mode));
    }

    /**
     * Sees to it that something is closed at the end.
     *
     * @param <T> its type
     * @param closeable what is closed
     * @return it
     */
    public <T extends AutoCloseable> T closing(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    // ---- names and destinations

    /**
     * Returns a name that nobody else uses: for a client id, a subscription, a destination.
     *
     * @return letters, digits and dots
     */
    public String name() {
        return prefix + "." + names.incrementAndGet();
    }

    /**
     * Makes a queue that nobody else uses, or borrows one of those that were made beforehand.
     *
     * @return an empty queue
     */
    public Queue queue() {
        Optional<Queue> lent = borrowed(Queue.class);
        return lent.isPresent() ? lent.get() : naming().createQueue(name());
    }

    /**
     * Makes a topic that nobody else uses, or borrows one of those that were made beforehand.
     *
     * @return a topic without subscriptions
     */
    public Topic topic() {
        Optional<Topic> lent = borrowed(Topic.class);
        return lent.isPresent() ? lent.get() : naming().createTopic(name());
    }

    private <T extends Destination> Optional<T> borrowed(Class<T> type) {
        Optional<T> lent = provider.borrow(type);
        lent.ifPresent(borrowed::add);
        return lent;
    }

    private JMSContext naming() {
        if (naming == null) {
            naming = closing(factory().createContext());
        }
        return naming;
    }

    // ---- messages

    /**
     * Sends texts, one after the other, through a session of its own.
     *
     * @param destination where to
     * @param texts the messages' texts
     * @throws JMSException if the provider refuses
     */
    public void send(Destination destination, String... texts) throws JMSException {
        try (Connection connection = factory().createConnection()) {
            Session session = connection.createSession();
            MessageProducer producer = session.createProducer(destination);
            for (String text : texts) {
                producer.send(session.createTextMessage(text));
            }
        }
    }

    /**
     * Receives a message that must come.
     *
     * @param consumer who receives
     * @return the message
     * @throws JMSException if the provider refuses
     */
    public Message receive(MessageConsumer consumer) throws JMSException {
        return Expect.notNull(consumer.receive(timing.patienceMs), "a message that must come");
    }

    /**
     * Receives a message that must come.
     *
     * @param consumer who receives
     * @return the message
     */
    public Message receive(JMSConsumer consumer) {
        return Expect.notNull(consumer.receive(timing.patienceMs), "a message that must come");
    }

    /**
     * Receives text messages that must come.
     *
     * @param consumer who receives
     * @param count how many
     * @return their texts in the order in which they came
     * @throws JMSException if the provider refuses
     */
    public List<String> texts(MessageConsumer consumer, int count) throws JMSException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Message message = consumer.receive(timing.patienceMs);
            Expect.notNull(message, "message " + (i + 1) + " of " + count + " after " + texts);
            texts.add(text(message));
        }
        return texts;
    }

    /**
     * Returns the text of a text message.
     *
     * @param message the message, or null
     * @return its text, null where there is no message
     * @throws JMSException if the provider refuses
     */
    public static String text(Message message) throws JMSException {
        return message == null
                ? null
                : Expect.type(TextMessage.class, message, "the message").getText();
    }

    /**
     * Expects that nothing comes.
     *
     * @param consumer who would receive it
     * @throws JMSException if the provider refuses
     */
    public void receivesNothing(MessageConsumer consumer) throws JMSException {
        Message message = consumer.receive(timing.quietMs);
        Expect.that(message == null, "a message came where none may: " + message);
    }

    /**
     * Expects that nothing comes.
     *
     * @param consumer who would receive it
     */
    public void receivesNothing(JMSConsumer consumer) {
        Message message = consumer.receive(timing.quietMs);
        Expect.that(message == null, "a message came where none may: " + message);
    }

    // ---- waiting

    /**
     * Returns how long nothing must come where nothing may.
     *
     * @return milliseconds
     */
    public long quietMs() {
        return timing.quietMs;
    }

    /**
     * Returns how long something that must come may take.
     *
     * @return milliseconds
     */
    public long patienceMs() {
        return timing.patienceMs;
    }

    /**
     * Waits until something has happened that must.
     *
     * @param what what it is, for the message
     * @param condition tells whether it has
     * @throws JMSException if that can't be told
     */
    public void await(String what, Condition condition) throws JMSException {
        if (!holdsWithin(timing.patienceMs, condition)) {
            throw new AssertionError(
                    what + ": has not happened in " + timing.patienceMs + " milliseconds");
        }
    }

    /**
     * Watches for a while that something does not happen.
     *
     * @param what what it is, for the message
     * @param condition tells whether it has
     * @throws JMSException if that can't be told
     */
    public void never(String what, Condition condition) throws JMSException {
        Expect.that(!holdsWithin(timing.quietMs, condition), what + ": has happened");
    }

    private static boolean holdsWithin(long forMs, Condition condition) throws JMSException {
        long startNs = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - startNs > TimeUnit.MILLISECONDS.toNanos(forMs)) {
                return false;
            }
            pause(POLL_MS);
        }
        return true;
    }

    private static void pause(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the check was given up", e);
        }
    }

    /**
     * Runs something in another thread.
     *
     * @param <T> what it returns
     * @param task what is run
     * @return what it returns or throws
     */
    public <T> Future<T> elsewhere(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                result.complete(task.call());
                            } catch (Throwable e) {
                                result.completeExceptionally(e);
                            }
                        },
                        prefix + "-elsewhere");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /**
     * Waits for what must end.
     *
     * @param <T> what it returns
     * @param what what it is, for the message
     * @param future its end
     * @return what it returned
     * @throws JMSException if it threw one
     */
    public <T> T result(String what, Future<T> future) throws JMSException {
        try {
            return future.get(timing.patienceMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    what + ": has not ended in " + timing.patienceMs + " milliseconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the check was given up", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JMSException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new AssertionError(what + ": threw", e.getCause());
        }
    }

    // ---- the provider

    /**
     * Returns something that only the provider's owner can know.
     *
     * @param key a name such as {@code user}
     * @return what was said about it
     */
    public Optional<String> setting(String key) {
        return provider.setting(key);
    }

    /**
     * Stops the provider's server in its own way and starts it again. All connections are lost;
     * only for checks that are marked with {@link Check#restarts}, once. Waits for others that
     * share the restart.
     */
    public void restart() {
        naming = null;
        provider.restart(true);
    }

    /**
     * Kills the provider's server and starts it again, as {@link #restart}; only for checks that
     * are marked with {@link Check#kills} as well.
     */
    public void crash() {
        naming = null;
        provider.restart(false);
    }

    /** Closes what was opened, whatever becomes of it, and gives back what was borrowed. */
    @Override
    public void close() {
        opened.close();
        for (Destination next = borrowed.poll(); next != null; next = borrowed.poll()) {
            provider.giveBack(next);
        }
    }
}
