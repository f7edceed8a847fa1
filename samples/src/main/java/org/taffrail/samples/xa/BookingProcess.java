// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.xa;

import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.TextMessage;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Semaphore;

import javax.naming.NamingException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * The application, a process of its own: recovers what an earlier one has left, then books payments
 * until there are none. Each payment is one transaction of the queue it comes from, the table, and
 * the queue of receipts.
 *
 * <p>It tells on standard output how far it is, a line each: {@link #RECOVERED} and how many
 * branches that were; when it stops to be killed, {@link #STOPS}; at its end {@link #BOOKED} and
 * how many. When its input ends, because who has started it has died, it ends too.
 */
final class BookingProcess {
    static final String RECOVERED = "recovered ";
    static final String STOPS = "stops";
    static final String BOOKED = "booked ";

    /** The properties of a payment and its receipt that name it. */
    static final String PAYMENT = "payment";

    static final String CENTS = "cents";

    private static final long RECOVERY_MS_MAX = 60_000;

    /** When no payment has come for so long, there is none. */
    private static final long IDLE_MS = 3_000;

    private final XaResources messages;
    private final Bookings bookings;
    private final Path log;
    private final PrintStream out;

    private BookingProcess(XaResources messages, Bookings bookings, Path log, PrintStream out) {
        this.messages = messages;
        this.bookings = bookings;
        this.log = log;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param args the file with the {@code jndi.properties}, the folder for database and
     *     transaction log, a {@link StopAt}, and in the how manieth transaction that is
     */
    public static void main(String[] args)
            throws IOException,
                    NamingException,
                    JMSException,
                    SQLException,
                    XAException,
                    NotSupportedException,
                    SystemException,
                    RollbackException,
                    HeuristicMixedException,
                    HeuristicRollbackException {
        endWithParent();
        Properties jndi = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            jndi.load(in);
        }
        Path folder = Path.of(args[1]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BookingProcess process =
                new BookingProcess(
                        XaResources.lookUp(jndi),
                        new Bookings(folder),
                        folder.resolve("transactions"),
                        out);
        process.run(StopAt.valueOf(args[2]), Integer.parseInt(args[3]));
        System.exit(0); // the recovery's threads are no daemons
    }

    private static void endWithParent() {
        Thread watch =
                new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // what is written does not matter
                                }
                            } catch (IOException e) {
                                // no input is an end of it
                            }
                            Runtime.getRuntime().halt(1);
                        },
                        "payments-parent");
        watch.setDaemon(true);
        watch.start();
    }

    private void run(StopAt stopAt, int stopIn)
            throws JMSException,
                    SQLException,
                    XAException,
                    NotSupportedException,
                    SystemException,
                    RollbackException,
                    HeuristicMixedException,
                    HeuristicRollbackException {
        try (XAConnection connection = messages.factory().createXAConnection()) {
            javax.sql.XAConnection table = bookings.connect();
            XASession session = connection.createXASession();
            List<XAResource> resources = List.of(session.getXAResource(), table.getXAResource());
            Transactions transactions = new Transactions(log, resources);
            int left = Transactions.branches(resources);
            if (!transactions.recover(resources, RECOVERY_MS_MAX)) {
                throw new SystemException("the recovery does not come to an end");
            }
            out.println(RECOVERED + left);
            connection.start();
            // before the first transaction: H2 rolls back when another handle is asked for
            Connection rows = table.getConnection();
            MessageConsumer payments = session.createConsumer(messages.payments());
            MessageProducer receipts = session.createProducer(messages.receipts());
            int booked = 0;
            while (true) {
                StopAt now = booked + 1 == stopIn ? stopAt : StopAt.NEVER;
                begin(transactions.manager(), resources, now);
                Message payment = payments.receive(IDLE_MS);
                if (payment == null) {
                    transactions.manager().rollback();
                    break;
                }
                book((MapMessage) payment, rows, session, receipts);
                transactions.manager().commit();
                booked++;
            }
            out.println(BOOKED + booked);
        }
    }

    /** Begins a transaction in which both resources take part; a container does so by itself. */
    private void begin(TransactionManager manager, List<XAResource> resources, StopAt stopAt)
            throws NotSupportedException, SystemException, RollbackException {
        manager.begin();
        Transaction transaction = manager.getTransaction();
        StoppingResource.Stop stop = new StoppingResource.Stop(stopAt, this::awaitDeath);
        for (XAResource resource : resources) {
            transaction.enlistResource(
                    stopAt == StopAt.NEVER ? resource : new StoppingResource(resource, stop));
        }
    }

    private static void book(
            MapMessage payment, Connection table, XASession session, MessageProducer receipts)
            throws JMSException, SQLException {
        String name = payment.getString(PAYMENT);
        Bookings.book(table, name, payment.getLong(CENTS));
        TextMessage receipt = session.createTextMessage(payment.getLong(CENTS) + " cents booked");
        receipt.setStringProperty(PAYMENT, name);
        receipts.send(receipt);
    }

    private void awaitDeath() {
        out.println(STOPS);
        new Semaphore(0).acquireUninterruptibly();
    }
}
