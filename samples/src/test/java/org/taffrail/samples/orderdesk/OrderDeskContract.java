// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.naming.Context;
import javax.naming.NamingException;

/** What the order desk does on any provider whose data outlives the last connection. */
@Timeout(90)
abstract class OrderDeskContract {
    private static final String MISTYPED = "SO-1041";
    private static final int DELIVERIES_MAX = 10;
    private static final long WAIT_MS = 10_000;

    /** The desk, installed for the provider under test. */
    abstract DeskOnProvider desk();

    @Test
    void accountsForEveryOrderExactlyOnce()
            throws JMSException, NamingException, IOException, DeskException, InterruptedException {
        DeskOnProvider.Day day = desk().run(DeskOptions.DEFAULT);

        checkDay(day, DeskOptions.DEFAULT);
        assertTrue(day.printed().contains("none from an earlier run"), day.printed());
    }

    @Test
    void runsAgainOnWhatAnEarlierRunLeft()
            throws JMSException, NamingException, IOException, DeskException, InterruptedException {
        DeskOptions options = DeskOptions.DEFAULT.withOrders(150);
        desk().with(OrderDeskContract::leaveThingsBehind);

        DeskOnProvider.Day day = desk().run(options);

        checkDay(day, options);
        assertTrue(day.printed().contains("removed {"), day.printed());
        assertEquals(
                List.of("of another application"),
                desk().with(OrderDeskContract::takeDeadOrders),
                "the desk takes only its own orders from a dead-letter queue that others may use");
    }

    /** Holds a day against the order book, read here once more. */
    static void checkDay(DeskOnProvider.Day day, DeskOptions options) throws IOException {
        OrderBook book = OrderBook.load();
        int byDay = options.orders() - book.overnight().size();
        List<Order> orders =
                Stream.concat(book.overnight().stream(), book.byDay(byDay).stream()).toList();
        Map<String, Integer> eachOnce = new HashMap<>();
        BigDecimal billed = BigDecimal.ZERO;
        for (Order order : orders) {
            if (!order.id().equals(MISTYPED)) {
                eachOnce.put(order.id(), 1);
                billed = billed.add(order.total());
            }
        }
        DeskSummary summary = day.summary();
        DeskSummary.Accounts accounts = summary.accounts();

        assertEquals(orders.stream().map(Order::id).toList(), accounts.sent());
        assertEquals(eachOnce, accounts.filled());
        assertEquals(billed, accounts.billed());
        assertEquals(
                List.of(
                        new DeskSummary.DeadLetter(
                                MISTYPED, DELIVERIES_MAX, "For input string: \"1O\"")),
                accounts.deadLettered());
        assertEquals(
                eachOnce.size(),
                accounts.filledByClerk().values().stream().mapToInt(Integer::intValue).sum());
        assertEquals("SO-1100", summary.urgent().orderId());
        assertTrue(summary.urgent().firstOfClerk(), summary.urgent()::toString);
        assertTrue(summary.urgent().overtook() > 0, summary.urgent()::toString);
        assertEquals(
                List.of(
                        "Rotterdam: wind force 8",
                        "Rotterdam: wind force 9",
                        "Rotterdam: wind force 10"),
                summary.bulletins().received());
        assertEquals(new DeskSummary.Quotes(8, 8), summary.quotes());
        assertEquals(List.of(), summary.problems());
        assertEquals(byDay, day.sends(), "send latencies");
        assertEquals(byDay, day.receives(), "end-to-end latencies");
        assertTrue(day.printed().contains("accounted for exactly once"), day.printed());
    }

    /** What a run that was killed may leave, and a dead message of someone else. */
    private static Void leaveThingsBehind(Context jndi) throws JMSException, NamingException {
        DeskResources resources = DeskResources.lookUp(jndi);
        try (Connection connection = resources.factory().createConnection()) {
            connection.setClientID(HarbourWatch.CLIENT_ID);
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            session.createDurableSubscriber(
                    resources.bulletins(), HarbourWatch.SUBSCRIPTION, "port = 'Brest'", false);
            session.createProducer(resources.bulletins())
                    .send(session.createTextMessage("of an earlier day"));
            for (Queue queue :
                    List.of(
                            resources.orders(),
                            resources.confirmations(),
                            resources.quotes(),
                            resources.deadOrders())) {
                Message left = session.createTextMessage("of an earlier day");
                left.setStringProperty(DeskRun.APPLICATION, DeskRun.ORDER_DESK);
                left.setStringProperty(DeskRun.RUN, "earlier");
                left.setStringProperty(DeskRun.ORDER_ID, "SO-1001");
                session.createProducer(queue).send(left);
            }
            session.createProducer(resources.deadOrders())
                    .send(session.createTextMessage("of another application"));
        }
        return null;
    }

    private static List<String> takeDeadOrders(Context jndi) throws JMSException, NamingException {
        DeskResources resources = DeskResources.lookUp(jndi);
        try (Connection connection = resources.factory().createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageConsumer dead = session.createConsumer(resources.deadOrders());
            Message first = dead.receive(WAIT_MS);
            Message second = dead.receiveNoWait();
            return Stream.of(first, second)
                    .filter(message -> message != null)
                    .map(OrderDeskContract::text)
                    .toList();
        }
    }

    private static String text(Message message) {
        try {
            return message.getBody(String.class);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
