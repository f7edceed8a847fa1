// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * A day at the order desk of a ship chandler, as a messaging application of the old school.
 *
 * <p>Orders wait on a queue since last night, an urgent one behind them; the desk opens, clerks
 * compete for the orders in transacted sessions, customers ask for prices and place more orders,
 * one order cannot be billed and ends on the dead-letter queue, and a subscriber that was away
 * catches up. In the evening every order must be accounted for exactly once.
 *
 * <p>The desk knows {@code jakarta.jms} and {@code javax.naming} only. A run starts by clearing
 * what an earlier one may have left on the broker, so it can be repeated on the same data.
 */
public final class OrderDesk {
    private final DeskResources resources;
    private final DeskOptions options;
    private final DeskRun desk;
    private final OrderBook book;
    private final Narrator narrator;

    /**
     * Looks up what the desk needs.
     *
     * @param jndi where {@code ConnectionFactory}, {@code orders}, {@code confirmations}, {@code
     *     quotes}, {@code deadOrders} and {@code bulletins} are bound
     * @param options how busy the desk is
     * @param latencies receives the latencies of the orders placed by day
     * @param out where to tell what happens
     * @throws NamingException if a name is not bound
     * @throws IOException if the order book cannot be read
     */
    public OrderDesk(Context jndi, DeskOptions options, LatencySink latencies, PrintStream out)
            throws NamingException, IOException {
        this.resources = DeskResources.lookUp(jndi);
        this.options = options;
        this.narrator = new Narrator(out);
        this.book = OrderBook.load();
        String id = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        this.desk = new DeskRun(id, new Ledger(), latencies);
    }

    /**
     * Runs the desk on the {@code jndi.properties} of the class path.
     *
     * @param args none, or the number of orders
     * @throws NamingException if a name is not bound
     * @throws IOException if the order book cannot be read
     * @throws JMSException if the provider fails
     * @throws DeskException if an order is not accounted for exactly once, or all else did not go
     *     as it should
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args)
            throws NamingException, IOException, JMSException, DeskException, InterruptedException {
        DeskOptions options = DeskOptions.DEFAULT;
        if (args.length > 0) {
            options = options.withOrders(Integer.parseInt(args[0]));
        }
        Context jndi = new InitialContext();
        DeskSummary day = new OrderDesk(jndi, options, LatencySink.NONE, System.out).run();
        if (!day.problems().isEmpty()) {
            throw new DeskException("not all went as it should: " + day.problems());
        }
    }

    /**
     * Runs one day. To be called once.
     *
     * @return what became of it; {@link DeskSummary#problems()} is empty if all went well
     * @throws JMSException if the provider fails
     * @throws DeskException if something did not happen within {@link DeskOptions#waitMs()}, or a
     *     thread of the desk failed
     * @throws InterruptedException if the caller is interrupted
     */
    public DeskSummary run() throws JMSException, DeskException, InterruptedException {
        try (Connection office = resources.factory().createConnection();
                Connection floor = resources.factory().createConnection()) {
            office.start();
            narrator.introduce(office.getMetaData());
            narrator.leftovers(drainAll(office));
            DeskSummary.CatchUp bulletins = sendBulletinsToOneWhoIsAway(office);

            BackOffice backOffice = new BackOffice(office, resources, desk);
            OrderIntake intake = new OrderIntake(office, resources, desk);
            List<Order> overnight = book.overnight();
            Order urgent = urgentOf(overnight);
            intake.leaveOvernight(overnight);
            narrator.overnight(overnight.size(), urgent);

            List<OrderClerk> clerks = hireClerks(floor);
            new QuoteClerk(floor, resources, book.priceList(), desk.ledger());
            List<Thread> atWork = start(clerks);
            floor.start(); // the desk opens: nobody was given anything before
            desk.ledger().awaitAllClosed(options.waitMs());
            DeskSummary.Overtaking overtaking =
                    desk.ledger().overtaking(urgent.id(), overnight.size());
            narrator.opened(clerks.size(), overtaking);

            DeskSummary.Quotes quotes =
                    new QuoteDesk(resources, options.waitMs()).ask(office, book.priceList());
            narrator.quotes(quotes);

            List<Order> byDay = book.byDay(options.orders() - overnight.size());
            intake.placeByDay(byDay, options.ordersPerSecond());
            desk.ledger().awaitAllClosed(options.waitMs());
            narrator.byDay(byDay.size(), options.ordersPerSecond());

            sendHome(clerks, atWork);
            backOffice.close();
            checkNothingIsLeft(office);
            DeskSummary day =
                    new DeskSummary(
                            desk.ledger().accounts(),
                            overtaking,
                            bulletins,
                            quotes,
                            desk.ledger().faults());
            narrator.evening(day);
            return day;
        }
    }

    private DeskSummary.CatchUp sendBulletinsToOneWhoIsAway(Connection office)
            throws JMSException, DeskException {
        HarbourWatch watch = new HarbourWatch(resources, options.waitMs());
        watch.subscribeAndLeave();
        List<String> wanted = watch.publish(office);
        List<String> received = watch.catchUp(wanted.size());
        DeskSummary.CatchUp bulletins = new DeskSummary.CatchUp(wanted, received);
        narrator.bulletins(HarbourWatch.published(), bulletins);
        return bulletins;
    }

    private static Order urgentOf(List<Order> overnight) throws DeskException {
        Order last = overnight.get(overnight.size() - 1);
        if (!last.urgent()) {
            throw new DeskException("the last order placed overnight is not urgent: " + last);
        }
        return last;
    }

    private List<OrderClerk> hireClerks(Connection floor) throws JMSException {
        List<OrderClerk> clerks = new ArrayList<>();
        for (int i = 1; i <= options.clerks(); i++) {
            Session session = floor.createSession(true, Session.SESSION_TRANSACTED);
            clerks.add(new OrderClerk("clerk-" + i, session, resources, desk));
        }
        return clerks;
    }

    private static List<Thread> start(List<OrderClerk> clerks) {
        List<Thread> threads = new ArrayList<>();
        for (OrderClerk clerk : clerks) {
            Thread thread = new Thread(clerk, "orderdesk-clerk-" + (threads.size() + 1));
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void sendHome(List<OrderClerk> clerks, List<Thread> atWork)
            throws DeskException, InterruptedException {
        clerks.forEach(OrderClerk::goHome);
        for (Thread thread : atWork) {
            thread.join(options.waitMs());
            if (thread.isAlive()) {
                throw new DeskException(
                        "waited " + options.waitMs() + " ms for " + thread.getName() + " to end");
            }
        }
    }

    private void checkNothingIsLeft(Connection office) throws JMSException {
        Map<String, Integer> left = drainAll(office);
        if (!left.isEmpty()) {
            desk.ledger().fault("in the evening there are messages left: " + left);
        }
    }

    /** Takes what there is of ours on each queue; returns how much that was, where any was. */
    private Map<String, Integer> drainAll(Connection office) throws JMSException {
        Map<String, Integer> drained = new LinkedHashMap<>();
        try (Session session = office.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            drain(session, resources.orders(), null, drained);
            drain(session, resources.confirmations(), null, drained);
            drain(session, resources.quotes(), null, drained);
            drain(session, resources.deadOrders(), BackOffice.OURS, drained);
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
