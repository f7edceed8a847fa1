// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.inbound;

import jakarta.jms.JMSException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.naming.NamingException;

/**
 * One endpoint that messages are delivered to, from its deployment to its end. It has a connection,
 * which it makes again whenever it is lost, with growing pauses; and for that connection one
 * session, or as many as there is work for, each on a thread of the server.
 *
 * <pre>
 *   start --> connecting --> connected --> stop
 *                 ^              |
 *                 +--- lost -----+
 * </pre>
 *
 * <p>Whichever of its threads first finds the connection lost makes the next one. Where all are
 * busy with deliveries, one more thread is asked for; a delivery whose connection was lost ends
 * when the bean does, and is rolled back.
 *
 * <p>Thread-safe. Its monitor is held for moments, and never while something is called.
 */
public final class Activation {
    private static final Logger LOG = LoggerFactory.getLogger(Activation.class);

    /** How long the end waits for deliveries that run. */
    private static final long STOP_MS_MAX = 60_000;

    /** How long no session is added after one could not be. */
    private static final long GROW_AGAIN_MS = 1_000;

    private final Subscription subscription;
    private final Endpoints endpoints;
    private final ServerThreads threads;
    private final ClassLoader loader;
    private final Backoff backoff;

    private boolean stopping;

    /** Nobody makes the next connection yet. */
    private boolean connectionWanted = true;

    private Thread connecting;
    private ServerConnection current;

    /** What is to be closed before the next connection is made. */
    private ServerConnection previous;

    /** Sessions that are there or were asked for, also of connections that were lost. */
    private int sessions;

    /** Threads that are at work here. */
    private int running;

    private long growAgainNs = System.nanoTime();

    /** What was told last, so that nothing is told twice. */
    private String told = "";

    /**
     * Prepares.
     *
     * @param context the server
     * @param factory makes the endpoints
     * @param subscription what is consumed
     * @throws ResourceException if the endpoint is no message listener
     */
    public Activation(
            BootstrapContext context, MessageEndpointFactory factory, Subscription subscription)
            throws ResourceException {
        this.subscription = subscription;
        this.endpoints = new Endpoints(factory, subscription.dupsOk());
        this.threads = new ServerThreads(context);
        this.loader = Thread.currentThread().getContextClassLoader();
        this.backoff = new Backoff(subscription.delayMs(), subscription.delayMsMax());
    }

    Subscription subscription() {
        return subscription;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    /**
     * Begins, on a thread of the server.
     *
     * @throws ResourceException if the server gives none
     */
    public void start() throws ResourceException {
        threads.run("connector", () -> run(null), () -> {});
    }

    /**
     * Ends it: nothing new is delivered. Returns when no delivery runs any more, or after a minute.
     */
    public void stop() {
        ServerConnection ended;
        synchronized (this) {
            stopping = true;
            ended = current;
            current = null;
            notifyAll();
            if (connecting != null) {
                connecting.interrupt();
            }
        }
        if (ended != null) {
            ended.end();
        }
        boolean all = awaitThreads();
        closePrevious();
        if (ended != null) {
            ended.close();
        }
        LOG.info(
                "event=activation_stopped destination=\"{}\" endpoint=\"{}\" deliveries_abandoned={}",
                subscription.what(),
                endpoints.name(),
                !all);
    }

    private synchronized boolean awaitThreads() {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MS_MAX);
        boolean interrupted = false;
        while (running > 0) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs <= 0) {
                break;
            }
            try {
                wait(leftMs);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return running == 0;
    }

    // ---- threads

    /**
     * What each thread does: delivers in a session of a connection, and when that ends makes the
     * next connection, unless somebody does.
     *
     * @param extra the connection that one more session is for; null where a connection is wanted
     */
    private void run(ServerConnection extra) {
        if (!begin()) {
            return;
        }
        try {
            if (extra != null) {
                extra.workInAnotherSession();
            }
            while (takeConnecting()) {
                DeliverySession first = connect();
                if (first != null) {
                    first.connection().work(first, true);
                }
            }
        } finally {
            synchronized (this) {
                running--;
                notifyAll();
            }
        }
    }

    private synchronized boolean begin() {
        if (stopping) {
            return false;
        }
        running++;
        return true;
    }

    private synchronized boolean takeConnecting() {
        boolean taken = connectionWanted && !stopping;
        if (taken) {
            connectionWanted = false;
        }
        return taken;
    }

    /** Asks for one more session where all are busy and there may be more. */
    void grow(ServerConnection growing) {
        synchronized (this) {
            if (stopping
                    || current != growing
                    || sessions >= subscription.sessionsMax()
                    || System.nanoTime() - growAgainNs < 0) {
                return;
            }
            sessions++;
        }
        // a server that refuses may both throw and tell the listener
        AtomicBoolean refused = new AtomicBoolean();
        try {
            threads.run("session", () -> run(growing), () -> refused(refused, null));
        } catch (ResourceException e) {
            refused(refused, e);
        }
    }

    private void refused(AtomicBoolean refused, Exception cause) {
        if (refused.compareAndSet(false, true)) {
            sessionEnded();
            notGrown(cause);
        }
    }

    /** Takes note that a session could not be added; what is there goes on. */
    void notGrown(Exception cause) {
        LOG.debug("event=session_not_added endpoint=\"{}\"", endpoints.name(), cause);
        synchronized (this) {
            growAgainNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GROW_AGAIN_MS);
        }
    }

    /** Takes note of the end of a session, or of one that was asked for in vain. */
    synchronized void sessionEnded() {
        sessions--;
    }

    // ---- connections

    /** Connects, as often as it takes. Returns the first session, or null when all is to end. */
    private DeliverySession connect() {
        while (backoff.await(this, () -> stopping)) {
            closePrevious();
            try {
                DeliverySession first = attempt();
                if (first != null) {
                    tell("connected", null);
                }
                return first;
            } catch (NamingException | JMSException | ResourceException | RuntimeException e) {
                tell("not_connected", e);
                backoff.failed();
            }
        }
        return null;
    }

    private DeliverySession attempt() throws NamingException, JMSException, ResourceException {
        ServerConnection made = new ServerConnection(this);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        boolean done = false;
        synchronized (this) {
            if (stopping) {
                return null;
            }
            connecting = thread;
        }
        thread.setContextClassLoader(loader);
        try {
            DeliverySession first = made.open();
            done = installed(made);
            return done ? first : null;
        } catch (JMSException | RuntimeException e) {
            synchronized (this) {
                if (stopping) {
                    return null;
                }
            }
            throw e;
        } finally {
            thread.setContextClassLoader(before);
            synchronized (this) {
                connecting = null;
                if (stopping) {
                    // the end has interrupted this thread, which is the server's
                    Thread.interrupted();
                }
            }
            if (!done) {
                made.end();
                made.close();
            }
        }
    }

    private synchronized boolean installed(ServerConnection made) {
        if (stopping || made.isOver()) {
            connectionWanted = !stopping;
            return false;
        }
        current = made;
        sessions++;
        return true;
    }

    /**
     * Takes note that a connection is of no use any more, the first time. The next one is made by
     * whoever comes out of it first.
     *
     * @return whether this was the first time
     */
    boolean lost(ServerConnection lost, Exception cause) {
        synchronized (this) {
            if (current != lost) {
                return false;
            }
            current = null;
            previous = lost;
            connectionWanted = true;
            if (!lost.isProven()) {
                backoff.failed();
            }
        }
        tell("lost", cause);
        lost.end();
        return true;
    }

    /** As {@link #lost}, from a thread that is not one of these. */
    void lostElsewhere(ServerConnection lost, Exception cause) {
        if (lost(lost, cause)) {
            try {
                threads.run("connector", () -> run(null), () -> {});
            } catch (ResourceException e) {
                // a thread that delivers now will do it
                LOG.debug("event=connector_not_started endpoint=\"{}\"", endpoints.name(), e);
            }
        }
    }

    void proven() {
        backoff.reset();
    }

    private void closePrevious() {
        ServerConnection ended;
        synchronized (this) {
            ended = previous;
            previous = null;
        }
        if (ended != null) {
            ended.close();
        }
    }

    /** Logs a change of state, and why it came; not what was told before. */
    private void tell(String state, Exception cause) {
        String text = state + (cause == null ? "" : ": " + cause.getMessage());
        synchronized (this) {
            if (text.equals(told)) {
                return;
            }
            told = text;
        }
        if (cause == null) {
            LOG.info(
                    "event=activation_{} destination=\"{}\" endpoint=\"{}\" transacted={} sessions_max={}",
                    state,
                    subscription.what(),
                    endpoints.name(),
                    endpoints.transacted(),
                    subscription.sessionsMax());
        } else {
            LOG.warn(
                    "event=activation_{} destination=\"{}\" endpoint=\"{}\" cause=\"{}\"",
                    state,
                    subscription.what(),
                    endpoints.name(),
                    cause.getMessage());
            LOG.debug("event=activation_{} endpoint=\"{}\"", state, endpoints.name(), cause);
        }
    }
}
