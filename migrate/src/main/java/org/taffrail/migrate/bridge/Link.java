// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.bridge;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.migrate.message.Fingerprint;
import org.taffrail.migrate.message.RefusedException;
import org.taffrail.migrate.provider.Side;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One route, carried by one thread: exactly once, in the order of the old provider.
 *
 * <p>The two providers have no transaction in common, and need none. What is carried and what is
 * known of it, the {@link Ledger}, are committed together at the new provider; the old one lets go
 * afterwards. Whatever dies in between, the ledger tells the next run which messages that come
 * again are there already. See {@link Drain} and {@link Mirror} for what is written down.
 *
 * <p>After any failure both connections are given up and made anew, with growing pauses, and the
 * ledger is read again: nothing that this JVM believed is believed still.
 */
public final class Link implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final int PAUSES_MAX = 25;

    /** After so many failures of the same message alone it is the message's. */
    private static final int FAILURES_MAX = 5;

    private final Route route;
    private final Side from;
    private final Side to;
    private final BridgeOptions options;
    private final Work work;
    private final LinkState state;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Page page = Page.FIRST;
    private volatile State phase = State.CONNECTING;
    private volatile String why;
    private int failures;
    private Fingerprint suspected;

    /** How a link is. */
    public enum State {
        /** A provider is not there, or not yet. */
        CONNECTING,
        /** It carries, or waits for messages. */
        CARRYING,
        /** It was told to stop; it can go on in another run. */
        STOPPED,
        /** Nothing is left, and the ledger is closed. */
        ENDED,
        /** It can't go on; {@link Link#why} says why. */
        FAILED
    }

    /**
     * Makes a link.
     *
     * @param route from where to where
     * @param from the provider that is carried from
     * @param to the provider that is carried to
     * @param mirror whether messages stay where they are (queues; a topic's do anyway)
     * @param options how
     * @param throttle how fast, with all others
     */
    public Link(
            Route route,
            Side from,
            Side to,
            boolean mirror,
            BridgeOptions options,
            Throttle throttle) {
        this.route = route;
        this.from = from;
        this.to = to;
        this.options = options;
        state = new LinkState(options.state(), route);
        work =
                mirror && route.isQueue()
                        ? new Mirror(options, throttle)
                        : new Drain(options, throttle);
    }

    /** Carries until there is nothing left, it is told to stop, or it can't go on. */
    @Override
    public void run() {
        long pauseMs = options.times().pauseMs();
        while (!isStopped() && phase != State.FAILED) {
            long before = page.batches();
            try (Passage passage = Passage.open(route, from, to, options.chained())) {
                carry(passage);
                return;
            } catch (JMSSecurityException e) {
                fail("a provider refuses: " + e.getMessage());
                return;
            } catch (JMSException | JMSRuntimeException e) {
                lost(e);
                suspect(e);
            } catch (RefusedException | LedgerException e) {
                fail(e.getMessage());
                return;
            } catch (IOException e) {
                fail("what was begun can't be written down: " + e);
                return;
            }
            long leastMs = options.times().pauseMs();
            pauseMs = page.batches() > before ? leastMs : pauseMs;
            pause(pauseMs);
            pauseMs = Math.min(PAUSES_MAX * leastMs, pauseMs * 2);
        }
        phase = phase == State.FAILED ? phase : State.STOPPED;
    }

    private void carry(Passage passage)
            throws JMSException, RefusedException, LedgerException, IOException {
        LinkState.Phase before = state.phase();
        Ledger.Found found = ledger(passage, before);
        if (found == null) {
            ended();
            return;
        }
        page = found.page();
        if (work.takes() && before != LinkState.Phase.CREATED && !found.isNew()) {
            awaitHeld();
        }
        state.phase(LinkState.Phase.TAKING);
        work.begin(passage, found);
        phase = State.CARRYING;
        boolean more = true;
        while (more && !isStopped()) {
            more = work.step();
            page = work.page();
        }
        if (more) {
            passage.giveBack();
            state.phase(LinkState.Phase.CREATED);
            phase = State.STOPPED;
            return;
        }
        end(passage);
    }

    /**
     * Waits until the old provider has missed a connection that was not closed in order, ours or a
     * dead run's. What that had in its hands comes back then, at its place; to take what stands
     * behind it before would change the order, and a queue might look empty that is not.
     */
    private void awaitHeld() {
        long ms = options.times().patienceMs();
        why = "waits " + ms + " ms until the old provider has missed the last connection";
        LOG.info("link=\"{}\" event=waiting_for_held ms={}", route, ms);
        pause(ms);
    }

    private void end(Passage passage) throws JMSException, LedgerException, IOException {
        passage.unsubscribe();
        state.ending(page);
        passage.ledger().end(page);
        ended();
    }

    private void ended() throws IOException {
        state.phase(LinkState.Phase.NONE);
        phase = State.ENDED;
    }

    /**
     * Closes a link that no run works on.
     *
     * @param route which
     * @param from the provider that was carried from
     * @param to the provider that was carried to
     * @param folder where it was remembered
     * @return what was done, for people
     * @throws JMSException if a provider is not there, or refuses
     * @throws LedgerException if the ledger changes meanwhile
     * @throws IOException if the folder can't be written
     */
    public static String end(Route route, Side from, Side to, Path folder)
            throws JMSException, LedgerException, IOException {
        LinkState state = new LinkState(folder, route);
        try (Passage passage = Passage.open(route, from, to, false)) {
            Ledger.Found found = passage.ledger().find(BridgeOptions.Times.DEFAULT.lookMs());
            if (found == null) {
                state.phase(LinkState.Phase.NONE);
                return "there was no ledger";
            }
            passage.unsubscribe();
            passage.ledger().end(found.page());
            state.phase(LinkState.Phase.NONE);
            return "closed after " + found.page().totals().messages() + " messages";
        }
    }

    /** Finds the ledger, or begins one where there can't be any; null where it was ended. */
    private Ledger.Found ledger(Passage passage, LinkState.Phase begun)
            throws JMSException, LedgerException, IOException {
        boolean expected = begun != LinkState.Phase.NONE;
        long patienceMs = expected ? options.times().patienceMs() : options.times().lookMs();
        Ledger.Found found = passage.ledger().find(patienceMs);
        if (found != null) {
            return found;
        }
        if (begun == LinkState.Phase.ENDING) {
            page = state.lastPage();
            return null;
        }
        if (begun == LinkState.Phase.CREATED || begun == LinkState.Phase.TAKING) {
            throw new LedgerException(
                    "the link was begun, as "
                            + state
                            + " says, and there is no ledger on the queue "
                            + route.ledger()
                            + " of the new provider: another run holds it, or it was removed."
                            + " If the link is to begin anew, delete that file");
        }
        passage.refuseLoop();
        state.phase(LinkState.Phase.CREATING);
        return passage.ledger().create();
    }

    /** A failure that comes back with one message and no other is the message's. */
    private void suspect(Exception failure) {
        Fingerprint suspect = work.inHand();
        failures = suspect == null ? 0 : suspect.equals(suspected) ? failures + 1 : 1;
        suspected = suspect;
        work.singly();
        if (failures < FAILURES_MAX) {
            return;
        }
        if (options.setAside() == null) {
            fail("the same message fails again and again: " + failure.getMessage());
        } else {
            work.giveUp(suspect);
        }
    }

    private void lost(Exception failure) {
        if (phase != State.CONNECTING) {
            LOG.warn("link=\"{}\" event=interrupted reason=\"{}\"", route, failure.getMessage());
        } else {
            LOG.debug("link=\"{}\" event=still_interrupted", route, failure);
        }
        phase = State.CONNECTING;
        why = failure.getMessage();
    }

    private void fail(String reason) {
        why = reason;
        phase = State.FAILED;
        LOG.error("link=\"{}\" event=failed reason=\"{}\"", route, reason);
    }

    /** Asks it to stop after the batch that it is at. */
    public void stop() {
        stop.countDown();
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    private void pause(long ms) {
        try {
            stop.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    /**
     * Returns from where to where.
     *
     * @return the route
     */
    public Route route() {
        return route;
    }

    /**
     * Returns how it is.
     *
     * @return its state a moment ago
     */
    public State state() {
        return phase;
    }

    /**
     * Returns why it failed, or what it waits for.
     *
     * @return a reason, or null
     */
    public String why() {
        return why;
    }

    /**
     * Returns what was carried in all runs of the link.
     *
     * @return the totals as last committed
     */
    public Totals totals() {
        return page.totals();
    }

    /**
     * Returns how many messages this run has moved out of the way.
     *
     * @return those that could not be carried
     */
    public long setAside() {
        return work.setAside();
    }
}
