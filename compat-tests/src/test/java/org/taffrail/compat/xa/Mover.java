// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.xa;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.XAConnection;
import jakarta.jms.XAConnectionFactory;
import jakarta.transaction.TransactionManager;

import org.h2.jdbcx.JdbcDataSource;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/**
 * An application in a process of its own that moves one message from a queue to another and into a
 * table, in one global transaction; or that recovers what another one has left. It may kill the
 * broker on the way, or have itself killed.
 *
 * <p>Arguments: {@code narayana} or {@code atomikos}, the URLs of the broker and of the database,
 * the folder of the manager's log, the name of the message, {@code commit}, {@code rollback} or
 * {@code recover}, and for the first two the {@link CrashPlan} and the broker's process id. It
 * prints {@link #BROKER_KILLED}, waits for the end of its input, which says that there is a broker
 * again, and recovers.
 */
final class Mover implements TappedResource.Tap {
    /** Printed when it has killed the broker and lives on. */
    static final String BROKER_KILLED = "broker killed";

    /** Printed when nobody has died. */
    static final String SURVIVED = "survived";

    /** Printed when nothing is left to be recovered. */
    static final String RECOVERED = "recovered";

    /** Printed when it wants to be killed, and does nothing more. */
    static final String DIES = "dies";

    /** Both queues' names begin with the name of the message. */
    static final String IN = ".in";

    static final String OUT = ".out";

    private static final long RECEIVE_MS = 20_000;

    private static final Set<String> SAID = Set.of(BROKER_KILLED, RECOVERED, DIES, SURVIVED);

    private final CrashPlan plan;
    private final long broker;
    private final AtomicInteger calls = new AtomicInteger();

    private Mover(CrashPlan plan, long broker) {
        this.plan = plan;
        this.broker = broker;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Path log = Path.of(arguments[3]);
        String name = arguments[4];
        boolean recovers = arguments[5].equals("recover");
        Mover mover =
                recovers
                        ? new Mover(null, 0)
                        : new Mover(CrashPlan.of(arguments[6]), Long.parseLong(arguments[7]));
        XAConnectionFactory messages =
                TappedResource.tapped(
                        XAConnectionFactory.class,
                        new TaffrailConnectionFactory(arguments[1]),
                        mover);
        XADataSource database =
                TappedResource.tapped(XADataSource.class, database(arguments[2]), mover);
        ManagerUnderTest manager = ManagerUnderTest.of(arguments[0], log, messages, database);
        if (!recovers) {
            mover.move(manager, name, arguments[5].equals("commit"));
            System.in.read();
        }
        manager.recoverAll(() -> hasBranches(messages, database));
        System.out.println(RECOVERED);
    }

    /** Returns the table's database. */
    static JdbcDataSource database(String url) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(url);
        return database;
    }

    private void move(ManagerUnderTest manager, String name, boolean commit) throws Exception {
        TransactionManager transactions = manager.transactions();
        transactions.begin();
        try {
            manager.withSession(session -> forward(session, name));
            manager.withTable(
                    table -> {
                        try (PreparedStatement insert =
                                table.prepareStatement("insert into moved values (?)")) {
                            insert.setString(1, name);
                            insert.executeUpdate();
                        }
                    });
            if (commit) {
                transactions.commit();
            } else {
                transactions.rollback();
            }
        } catch (Exception e) {
            // as an application would: it is told, and its transaction manager goes on
            e.printStackTrace();
            manager.abandon();
        }
        System.out.println(ProcessHandle.of(broker).isPresent() ? SURVIVED : BROKER_KILLED);
    }

    /** Whether a line of its output is for who has started it. */
    static boolean isSaid(String line) {
        return SAID.contains(line);
    }

    private static void forward(Session session, String name) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(session.createQueue(name + IN))) {
            Message message = consumer.receive(RECEIVE_MS);
            if (message == null) {
                throw new JMSException("nothing came");
            }
            session.createProducer(session.createQueue(name + OUT)).send(message);
        }
    }

    @Override
    public void before(String what) {
        int call = calls.incrementAndGet();
        System.err.println("call " + call + ": " + what);
        if (plan != null && plan.before() && plan.call() == call) {
            crash();
        }
    }

    @Override
    public void after(String what) {
        System.err.println("done: " + what);
        if (plan != null && !plan.before() && plan.call() == calls.get()) {
            crash();
        }
    }

    private void crash() {
        if (plan.victim().includesBroker()) {
            ProcessHandle process = ProcessHandle.of(broker).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
        }
        if (plan.victim().includesApplication()) {
            System.out.println(DIES);
            new Semaphore(0).acquireUninterruptibly();
        }
    }

    /** Whether a resource has something that waits for its end. */
    private static boolean hasBranches(XAConnectionFactory messages, XADataSource database)
            throws JMSException, SQLException, XAException {
        int found;
        try (XAConnection connection = messages.createXAConnection()) {
            found = branches(connection.createXASession().getXAResource());
        }
        javax.sql.XAConnection connection = database.getXAConnection();
        try {
            return found + branches(connection.getXAResource()) > 0;
        } finally {
            connection.close();
        }
    }

    private static int branches(XAResource resource) throws XAException {
        return resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN).length;
    }

    /** Does something with messages in the current transaction. */
    interface MessageWork {
        void in(Session session) throws JMSException;
    }

    /** Does something with the database in the current transaction. */
    interface TableWork {
        void on(java.sql.Connection table) throws SQLException;
    }
}
