// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.xa;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;

import org.taffrail.samples.report.Narrator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import javax.naming.NamingException;
import javax.transaction.xa.XAException;

/**
 * Sends payments, has a process of its own book them, and kills that twice: once when message and
 * row are prepared and nothing is decided, and once when it is decided and nothing is committed. A
 * third process recovers and books the rest. Then there must be one row and one receipt for each.
 *
 * <p>With a broker inside the booking process the kill takes application, broker and database
 * together.
 */
public final class PaymentsDay {
    /** The least number of payments: some for each of the processes. */
    public static final int PAYMENTS_MIN = 12;

    /** The largest number of payments. */
    public static final int PAYMENTS_MAX = 1_000_000;

    /** The number of payments if nothing else is said. */
    public static final int PAYMENTS = 200;

    private static final long RECEIVE_MS = 20_000;
    private static final int LOG_LINES_MAX = 60;

    private final Properties jndi;
    private final XaResources messages;
    private final Path folder;
    private final int payments;
    private final Narrator narrator;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    /**
     * Looks up what is needed.
     *
     * @param jndi where {@code ConnectionFactory}, {@code XAConnectionFactory}, {@code payments}
     *     and {@code receipts} are bound
     * @param folder for the database and the transaction manager's log
     * @param payments how many, {@value #PAYMENTS_MIN} to {@value #PAYMENTS_MAX}
     * @param out where to tell what happens
     * @throws NamingException if a name is not bound
     * @throws IllegalArgumentException if the number of payments is out of bounds
     */
    public PaymentsDay(Properties jndi, Path folder, int payments, PrintStream out)
            throws NamingException {
        if (payments < PAYMENTS_MIN || payments > PAYMENTS_MAX) {
            throw new IllegalArgumentException(
                    "payments is " + payments + ", not in " + PAYMENTS_MIN + ".." + PAYMENTS_MAX);
        }
        this.jndi = jndi;
        this.messages = XaResources.lookUp(jndi);
        this.folder = folder;
        this.payments = payments;
        this.narrator = new Narrator(out);
    }

    /**
     * Runs it. To be called once.
     *
     * @return what became of it; {@link PaymentsSummary#problems()} is empty if all went well
     * @throws JMSException if the provider fails
     * @throws IOException if a process can't be started
     * @throws InterruptedException if the caller is interrupted
     * @throws SQLException if the database fails
     * @throws XAException if a resource does not say what it has prepared
     */
    public PaymentsSummary run()
            throws JMSException, IOException, InterruptedException, SQLException, XAException {
        List<String> sent = send();
        Path file = folder.resolve("jndi.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            jndi.store(out, null);
        }
        List<PaymentsSummary.Life> lives = new ArrayList<>();
        for (StopAt stopAt : List.of(StopAt.PREPARED, StopAt.DECIDED, StopAt.NEVER)) {
            lives.add(live(file, stopAt));
        }
        PaymentsSummary day = count(sent, lives);
        narrator.say(
                "counted",
                "%d payments, %d rows, %d receipts",
                sent.size(),
                day.rows().values().stream().mapToInt(Integer::intValue).sum(),
                day.receipts().values().stream().mapToInt(Integer::intValue).sum());
        if (!narrator.verdict(
                day.problems(), "each payment is one row and one receipt, exactly once")) {
            tellWhatWasLogged();
        }
        return day;
    }

    /** The folder may be gone when somebody looks. */
    private void tellWhatWasLogged() throws IOException {
        List<String> lines = Files.readAllLines(BookingChild.log(folder));
        lines.stream()
                .skip(Math.max(0, lines.size() - LOG_LINES_MAX))
                .forEach(line -> narrator.say("log", "%s", line));
    }

    private List<String> send() throws JMSException {
        List<String> sent = new ArrayList<>();
        try (Connection connection = messages.plain().createConnection()) {
            narrator.introduce("Payments in global transactions", connection.getMetaData());
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(messages.payments());
            for (int i = 0; i < payments; i++) {
                String name = run + "-" + i;
                MapMessage payment = session.createMapMessage();
                payment.setString(BookingProcess.PAYMENT, name);
                payment.setLong(BookingProcess.CENTS, 1_000L + i);
                producer.send(payment);
                sent.add(name);
            }
            session.commit();
        }
        narrator.say("sent", "%d payments", sent.size());
        return sent;
    }

    private PaymentsSummary.Life live(Path file, StopAt stopAt)
            throws IOException, InterruptedException {
        int stopIn = payments / 4;
        try (BookingChild child = BookingChild.start(file, folder, stopAt, stopIn)) {
            BookingChild.End end = child.run();
            if (end.killed()) {
                narrator.say(
                        "killed",
                        "in its transaction %d, where %s; it had found %d branches",
                        stopIn,
                        stopAt == StopAt.PREPARED
                                ? "all is prepared and nothing decided"
                                : "it is decided and nothing committed",
                        end.recovered());
            } else {
                narrator.say(
                        "ended",
                        "found %d branches, then booked %d payments",
                        end.recovered(),
                        end.booked());
            }
            return new PaymentsSummary.Life(end.recovered(), end.booked(), end.killed());
        }
    }

    private PaymentsSummary count(List<String> sent, List<PaymentsSummary.Life> lives)
            throws JMSException, SQLException, XAException {
        Bookings bookings = new Bookings(folder);
        javax.sql.XAConnection table = bookings.connect();
        try (XAConnection connection = messages.factory().createXAConnection();
                Connection reader = messages.plain().createConnection()) {
            reader.start();
            int branches =
                    Transactions.branches(
                            List.of(
                                    connection.createXASession().getXAResource(),
                                    table.getXAResource()));
            Session session = reader.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Map<String, Integer> receipts = new TreeMap<>();
            try (MessageConsumer consumer = session.createConsumer(messages.receipts())) {
                for (Message receipt = next(consumer, receipts, sent);
                        receipt != null;
                        receipt = next(consumer, receipts, sent)) {
                    String name = receipt.getStringProperty(BookingProcess.PAYMENT);
                    if (name.startsWith(run + "-")) {
                        receipts.merge(name, 1, Integer::sum);
                    }
                }
            }
            int left = 0;
            try (MessageConsumer consumer = session.createConsumer(messages.payments())) {
                while (consumer.receiveNoWait() != null) {
                    left++;
                }
            }
            return new PaymentsSummary(
                    sent,
                    bookings.timesBooked(run),
                    receipts,
                    new PaymentsSummary.Left(left, branches),
                    lives);
        } finally {
            table.close();
        }
    }

    /** Waits for a receipt as long as one is missing; then takes what there is too much. */
    private static Message next(
            MessageConsumer consumer, Map<String, Integer> receipts, List<String> sent)
            throws JMSException {
        return receipts.size() < sent.size()
                ? consumer.receive(RECEIVE_MS)
                : consumer.receiveNoWait();
    }
}
