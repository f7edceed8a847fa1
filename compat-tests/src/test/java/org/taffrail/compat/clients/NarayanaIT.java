// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.arjuna.ats.jta.recovery.XAResourceRecoveryHelper;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.XAConnection;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XASession;
import jakarta.transaction.TransactionManager;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolXAConnectionFactory;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.taffrail.compat.process.BrokerProcess;
import org.taffrail.compat.process.JmsServer;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Narayana, with pooled-jms to enlist its sessions, alone and under Spring. */
@Tag("real-clients")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@DisabledIfSystemProperty(
        named = JmsServer.PROVIDER,
        matches = "artemis|classic",
        disabledReason = "the URL is Taffrail's")
class NarayanaIT extends GlobalTransactionContract {
    private static final int BATCH = 40;

    @RegisterExtension static final ServerUnderTest SERVER = new ServerUnderTest();

    @TempDir static Path log;
    private static Narayana narayana;

    private JmsPoolXAConnectionFactory pool;

    @BeforeAll
    static void setUp() {
        narayana = new Narayana(log);
    }

    @BeforeEach
    void startPool() {
        pool = poolOver(SERVER.connectionFactory());
    }

    @AfterEach
    void stopPool() {
        pool.stop();
    }

    private static JmsPoolXAConnectionFactory poolOver(ConnectionFactory factory) {
        JmsPoolXAConnectionFactory made = new JmsPoolXAConnectionFactory();
        made.setConnectionFactory(factory);
        made.setTransactionManager(narayana.manager());
        return made;
    }

    private static ConnectionFactory reconnecting() {
        String url = ((BrokerProcess) SERVER.server()).url();
        return BrokerProcess.connectionFactoryFor("failover:(" + url + ")?maxReconnectDelay=200");
    }

    @Override
    TransactionManager manager() {
        return narayana.manager();
    }

    @Override
    ConnectionFactory enlisting() {
        return pool;
    }

    @Override
    Table table(String name) throws SQLException {
        return new Table.EnlistedByHand("narayana." + name, manager());
    }

    @Override
    Witness witness() {
        return SERVER.witness();
    }

    /** A resource that votes yes, and does something before it does. */
    private record Voter(Runnable before) implements XAResource {
        @Override
        public int prepare(Xid xid) {
            before.run();
            return XA_OK;
        }

        @Override
        public void commit(Xid xid, boolean onePhase) {}

        @Override
        public void rollback(Xid xid) {}

        @Override
        public void start(Xid xid, int flags) {}

        @Override
        public void end(Xid xid, int flags) {}

        @Override
        public void forget(Xid xid) {}

        @Override
        public Xid[] recover(int flag) {
            return new Xid[0];
        }

        @Override
        public boolean isSameRM(XAResource other) {
            return other == this;
        }

        @Override
        public int getTransactionTimeout() {
            return 0;
        }

        @Override
        public boolean setTransactionTimeout(int seconds) {
            return false;
        }
    }

    /** Looks for branches over a connection of its own, which lasts for one question. */
    private static final class Recovering implements XAResourceRecoveryHelper {
        @Override
        public boolean initialise(String parameter) {
            return true;
        }

        @Override
        public XAResource[] getXAResources() throws JMSException {
            XAConnection connection =
                    ((XAConnectionFactory) SERVER.connectionFactory()).createXAConnection();
            return new XAResource[] {connection.createXASession().getXAResource()};
        }
    }

    @Test
    void recoveryCommitsWhatWasPreparedWhenTheBrokerWasKilled() throws Exception {
        String from = "narayana.recovery.from";
        String to = "narayana.recovery.to";
        witness().send(from, "1");
        try (XAConnection connection =
                ((XAConnectionFactory) SERVER.connectionFactory()).createXAConnection()) {
            connection.start();
            XASession session = connection.createXASession();
            manager().begin();
            manager().getTransaction().enlistResource(session.getXAResource());
            send(session, to, receive(session, from));
            manager().getTransaction().enlistResource(new Voter(() -> SERVER.server().kill()));
            manager().commit();
        }
        SERVER.server().start();
        witness().seesNothingIn(from);
        witness().seesNothingIn(to);

        Recovering helper = new Recovering();
        narayana.recoversFrom(helper);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            narayana.recover();
                            return witness().takeAll(to).equals(List.of("1"));
                        });
        narayana.recoversNoMoreFrom(helper);
        witness().seesNothingIn(from);
    }

    @Test
    void aConnectionThatGoesOnCommitsItself() throws Exception {
        String queue = "narayana.goes.on";
        try (XAConnection connection =
                ((XAConnectionFactory) reconnecting()).createXAConnection()) {
            XASession session = connection.createXASession();
            manager().begin();
            manager().getTransaction().enlistResource(session.getXAResource());
            send(session, queue, "1");
            manager()
                    .getTransaction()
                    .enlistResource(
                            new Voter(
                                    () -> {
                                        SERVER.server().kill();
                                        SERVER.server().start();
                                    }));
            manager().commit();
        }

        assertEquals(List.of("1"), witness().takeAll(queue));
    }

    @Test
    void aContainerMovesEachMessageOnceThroughRestarts() throws Exception {
        String from = "narayana.spring.from";
        String to = "narayana.spring.to";
        Table table = table("spring");
        JmsPoolXAConnectionFactory goingOn = poolOver(reconnecting());
        JtaTransactionManager transactions = new JtaTransactionManager();
        transactions.setTransactionManager(manager());
        transactions.afterPropertiesSet();
        List<String> all = IntStream.range(100, 100 + 2 * BATCH).mapToObj(i -> "m" + i).toList();
        try (Containers containers = new Containers(goingOn)) {
            containers.polling(
                    from,
                    container -> {
                        container.setTransactionManager(transactions);
                        container.setSessionTransacted(true);
                        container.setCacheLevelName("CACHE_NONE");
                    },
                    (TextMessage message, Session session) -> move(message, session, to, table));
            for (int kill = 0; kill < 2; kill++) {
                int before = table.texts().size();
                witness().send(from, all.subList(kill * BATCH, (kill + 1) * BATCH));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> table.texts().size() > before + BATCH / 3);
                SERVER.server().kill();
                SERVER.server().start();
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> table.texts().size() == all.size());
        }
        goingOn.stop();

        assertEquals(all, table.texts());
        assertEquals(all, witness().takeTexts(to, all.size()).stream().sorted().toList());
        witness().seesNothingIn(from);
        witness().seesNothingIn(to);
    }

    private static void move(TextMessage message, Session session, String to, Table table)
            throws JMSException {
        try {
            table.put(message.getText());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        send(session, to, message.getText());
    }
}
