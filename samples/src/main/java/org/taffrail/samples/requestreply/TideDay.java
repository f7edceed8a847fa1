// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.taffrail.samples.report.Narrator;
import org.taffrail.samples.report.Percentiles;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.naming.Context;
import javax.naming.NamingException;

/**
 * A day of the tide-table service.
 *
 * <p>Requests to the closed service expire; then its instances start and compete. Some requests
 * can't be answered: for a port without a table, one that throws at whoever reads it, one that
 * takes longer than its sender's patience. Then everybody asks at once, and in the middle of that
 * one instance is shut down. Each client works in both ways: a temporary queue of its own, and a
 * fixed queue that all share with a selector on {@code JMSCorrelationID}.
 */
public final class TideDay {
    private static final int CLOSED_REQUESTS = 3;
    private static final long CLOSED_PATIENCE_MS = 100;

    /** Less than the telephone takes, and more than a reply that must be there. */
    private static final long LITTLE_PATIENCE_MS = TideService.SURVEY_MS / 2;

    private static final long WAIT_MS = 60_000;
    private static final long NOON_MS = 1_767_268_800_000L;

    private final TideResources resources;
    private final TideOptions options;
    private final Narrator narrator;
    private final PrintStream out;
    private final ServiceBook book = new ServiceBook();
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private int asked;

    /** An instance, and the thread that it runs in. */
    private record Instance(String name, TideService service, Thread thread) {
        /** Whether it has ended in time. */
        boolean shutDown() throws InterruptedException {
            service.close();
            thread.join(WAIT_MS);
            return !thread.isAlive();
        }
    }

    /** What clients of both kinds did. */
    private interface AskedBoth {
        void by(TideClient client, String kind) throws JMSException;
    }

    /**
     * Looks up what clients and service need.
     *
     * @param jndi where {@code ConnectionFactory}, {@code tideRequests}, {@code tideReplies} and
     *     {@code deadTideRequests} are bound
     * @param options how busy the service is
     * @param out where to tell what happens
     * @throws NamingException if a name is not bound
     */
    public TideDay(Context jndi, TideOptions options, PrintStream out) throws NamingException {
        this.resources = TideResources.lookUp(jndi);
        this.options = options;
        this.narrator = new Narrator(out);
        this.out = out;
    }

    /**
     * Runs one day. To be called once.
     *
     * @return what became of it; {@link TideSummary#problems()} is empty if all went well
     * @throws JMSException if the provider fails
     * @throws InterruptedException if the caller is interrupted
     */
    public TideSummary run() throws JMSException, InterruptedException {
        try (Connection clients = resources.factory().createConnection();
                Connection servers = resources.factory().createConnection()) {
            clients.start();
            narrator.introduce("The tide-table service", clients.getMetaData());
            Map<String, Integer> leftovers = drainAll(clients);
            narrator.say(
                    "leftovers",
                    "%s",
                    leftovers.isEmpty() ? "none from an earlier run" : "removed " + leftovers);
            TideSummary.Closed closed = askTheClosedService(clients);

            List<Instance> instances = open(servers);
            DeadRequests dead = new DeadRequests(servers, resources, book);
            servers.start();
            TideSummary.Odd odd = askOddThings(clients);

            Percentiles percentiles = new Percentiles(List.of(RushHour.PILOTS, RushHour.OFFICES));
            TideSummary.Busy busy = rush(clients, instances, percentiles);

            for (Instance instance : instances) {
                shutDown(instance);
            }
            dead.close();
            TideSummary day =
                    new TideSummary(
                            new TideSummary.Closed(
                                    closed.asked(), closed.answered(), expiredHandedOut()),
                            odd,
                            busy,
                            drainAll(clients),
                            book.faults());
            out.println();
            out.print(percentiles.text());
            out.println();
            narrator.verdict(
                    day.problems(), "every request was answered once, or refused in words");
            return day;
        }
    }

    private TideSummary.Closed askTheClosedService(Connection clients) throws JMSException {
        int answered = 0;
        try (TideClient pilot = new TemporaryQueueClient(clients, resources)) {
            for (int i = 0; i < CLOSED_REQUESTS; i++) {
                Answer answer = pilot.ask(closedName(i), "Brest", NOON_MS, CLOSED_PATIENCE_MS);
                answered += answer.isNone() ? 0 : 1;
            }
        }
        narrator.say(
                "closed",
                "%d requests expired after %d ms: nobody answers yet",
                CLOSED_REQUESTS,
                CLOSED_PATIENCE_MS);
        return new TideSummary.Closed(CLOSED_REQUESTS, answered, 0);
    }

    private String closedName(int request) {
        return run + "-closed-" + request;
    }

    private int expiredHandedOut() {
        int handedOut = 0;
        for (int i = 0; i < CLOSED_REQUESTS; i++) {
            handedOut += book.timesHandedOut(closedName(i));
        }
        return handedOut;
    }

    private List<Instance> open(Connection servers) throws JMSException {
        List<Instance> instances = new ArrayList<>();
        for (int i = 1; i <= options.instances(); i++) {
            String name = "instance-" + i;
            TideService service = new TideService(name, servers, resources, book);
            Thread thread = new Thread(service, "tides-" + name);
            thread.setDaemon(true);
            thread.start();
            instances.add(new Instance(name, service, thread));
        }
        narrator.say("open", "%d instances compete for the requests", instances.size());
        return instances;
    }

    private TideSummary.Odd askOddThings(Connection clients)
            throws JMSException, InterruptedException {
        List<String> unknown = new ArrayList<>();
        List<String> poison = new ArrayList<>();
        List<Integer> deliveries = new ArrayList<>();
        List<String> late = new ArrayList<>();
        List<String> lateNames = new ArrayList<>();
        withBoth(
                clients,
                (client, kind) -> {
                    unknown.add(client.ask(nextName(), "Basel", NOON_MS, WAIT_MS).fault());
                    String name = nextName();
                    poison.add(client.ask(name, "Dover", "noon", WAIT_MS).fault());
                    deliveries.add(book.timesHandedOut(name));
                    lateNames.add(nextName());
                    Answer answer =
                            client.ask(
                                    lateNames.get(lateNames.size() - 1),
                                    TideService.REMOTE_PORT,
                                    NOON_MS,
                                    LITTLE_PATIENCE_MS);
                    late.add(answer.isNone() ? null : answer.toString());
                    // and the next answer is that of the next question
                    unknown.add(client.ask(nextName(), "Bern", NOON_MS, WAIT_MS).fault());
                });
        narrator.say("refused", "%s", unknown.get(0));
        narrator.say(
                "poison",
                "%s, after %d deliveries, each rolled back: its sender is told so from the"
                        + " dead-letter queue",
                poison.get(0),
                deliveries.get(0));
        narrator.say(
                "late",
                "who waits %d ms for what takes %d ms gives up, and gets no answer later",
                LITTLE_PATIENCE_MS,
                TideService.SURVEY_MS);
        // the instances find out a little after their clients have; on a busy machine a request may
        // have expired before one of them got it
        int taken = lateNames.stream().mapToInt(book::timesHandedOut).sum();
        int tooLate = book.awaitTooLate(taken, WAIT_MS);
        return new TideSummary.Odd(unknown, poison, deliveries, late, taken - tooLate);
    }

    private String nextName() {
        asked++;
        return run + "-odd-" + asked;
    }

    private void withBoth(Connection clients, AskedBoth questions) throws JMSException {
        try (TideClient pilot = new TemporaryQueueClient(clients, resources);
                TideClient office = new FixedQueueClient(clients, resources, "office-" + run)) {
            questions.by(pilot, RushHour.PILOTS);
            questions.by(office, RushHour.OFFICES);
        }
    }

    private TideSummary.Busy rush(
            Connection clients, List<Instance> instances, Percentiles percentiles)
            throws JMSException, InterruptedException {
        RushHour rush = new RushHour(options, run, book, percentiles);
        rush.begin(clients, resources);
        if (!rush.awaitHalf(WAIT_MS)) {
            book.fault("waited " + WAIT_MS + " ms in vain for half of the answers");
        }
        Instance leaving = instances.get(0);
        shutDown(leaving);
        int atShutdown = book.answeredBy().getOrDefault(leaving.name(), 0);
        narrator.say(
                "shutdown",
                "%s leaves in the middle, after %d answers; what it was sent ahead goes to the"
                        + " others",
                leaving.name(),
                atShutdown);
        if (!rush.awaitEnd(WAIT_MS)) {
            book.fault("waited " + WAIT_MS + " ms in vain for the clients to end");
        }
        Map<String, Integer> answeredBy = book.answeredBy();
        int afterShutdown = answeredBy.getOrDefault(leaving.name(), 0) - atShutdown;
        TideSummary.Busy busy = rush.summary(answeredBy, afterShutdown);
        narrator.say(
                "rush hour",
                "%d pilots and %d harbour offices asked %d times; %d right answers",
                options.pilots(),
                options.offices(),
                busy.asked(),
                busy.right());
        narrator.say("instances", "answered %s", answeredBy);
        return busy;
    }

    private void shutDown(Instance instance) throws InterruptedException {
        if (!instance.shutDown()) {
            book.fault("waited " + WAIT_MS + " ms in vain for " + instance.name() + " to end");
        }
    }

    /** Takes what there is of ours on each queue; returns how much that was, where any was. */
    private Map<String, Integer> drainAll(Connection clients) throws JMSException {
        Map<String, Integer> drained = new LinkedHashMap<>();
        try (Session session = clients.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            drain(session, resources.requests(), null, drained);
            drain(session, resources.replies(), null, drained);
            drain(session, resources.deadRequests(), DeadRequests.OURS, drained);
        }
        return drained;
    }

    private static void drain(
            Session session, Queue queue, String selector, Map<String, Integer> drained)
            throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(queue, selector)) {
            while (consumer.receiveNoWait() != null) {
                drained.merge(queue.getQueueName(), 1, Integer::sum);
            }
        }
    }
}
