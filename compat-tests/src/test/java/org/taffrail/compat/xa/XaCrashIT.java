// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.taffrail.compat.peer.Installation;
import org.taffrail.compat.peer.ServerProcess;
import org.taffrail.compat.process.BrokerProcess;
import org.taffrail.compat.xa.CrashPlan.Victim;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A message is moved from a queue to another and into a table by a transaction manager, and the
 * application, the broker, or both die between two steps of that. After the recovery it was moved
 * everywhere or nowhere: and everywhere if the manager had decided so before the crash.
 *
 * <p>The manager's calls of both resources are counted: two starts, two ends, two prepares, the
 * decision in its log, two commits. {@code -Dtaffrail.xa=all}, as with {@code -Pfull}, tries all
 * points, any other value those whose names contain it; otherwise there are two, one before and one
 * after the decision.
 */
@Tag("real-clients")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class XaCrashIT {
    /** The last call before the manager's decision, and the last of all. */
    private static final int PREPARED = 6;

    private static final int COMMITTED = 8;

    /** The last call before a rollback's. */
    private static final int ENDED = 4;

    /** Which deaths: some, all, or those whose names contain it. */
    private static final String WHICH =
            System.getProperty(
                    "taffrail.xa",
                    "full".equals(System.getProperty("taffrail.tests")) ? "all" : "some");

    private static final boolean ALL = !WHICH.equals("some");
    private static final int WAIT_SECONDS = 90;
    private static final long EMPTY_MS = 200;

    @TempDir private static Path folder;
    private static BrokerProcess broker;
    private static Server databases;
    private static int runs;

    /** One way to die. */
    private record Death(String manager, boolean commits, CrashPlan plan) {
        boolean mustBeMoved() {
            boolean decided = plan.call() > PREPARED;
            return commits && decided;
        }

        /** The death of the broker alone does not keep the manager from its decision. */
        boolean mayNotBeMoved() {
            boolean undecided = plan.before() ? plan.call() <= PREPARED : plan.call() < PREPARED;
            return !commits || undecided && plan.victim().includesApplication();
        }

        @Override
        public String toString() {
            return manager + (commits ? "-commit-" : "-rollback-") + plan;
        }
    }

    static List<Death> deaths() {
        List<Death> deaths = new ArrayList<>();
        for (String manager : List.of("narayana", "atomikos")) {
            for (Victim victim : Victim.values()) {
                if (!ALL && manager.equals("atomikos") && victim != Victim.BOTH) {
                    continue;
                }
                points().forEach(
                                plan ->
                                        deaths.add(
                                                new Death(
                                                        manager,
                                                        true,
                                                        new CrashPlan(
                                                                plan.before(),
                                                                plan.call(),
                                                                victim))));
                if (ALL) {
                    deaths.add(new Death(manager, false, new CrashPlan(true, ENDED + 1, victim)));
                    deaths.add(new Death(manager, false, new CrashPlan(false, ENDED + 1, victim)));
                }
            }
        }
        if (ALL && !WHICH.equals("all")) {
            deaths.removeIf(death -> !death.toString().contains(WHICH));
        }
        return deaths;
    }

    /** When; whoever it is. */
    private static List<CrashPlan> points() {
        List<CrashPlan> points = new ArrayList<>();
        for (int call = ALL ? 1 : PREPARED - 1; call <= (ALL ? COMMITTED : PREPARED - 1); call++) {
            points.add(new CrashPlan(false, call, Victim.BOTH));
        }
        points.add(new CrashPlan(true, PREPARED + 1, Victim.BOTH));
        return points;
    }

    @BeforeAll
    static void startServers() throws SQLException {
        databases = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        broker = new BrokerProcess(folder, "force");
        broker.start();
    }

    @AfterAll
    static void stopServers() {
        databases.stop();
        broker.close();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void bothSidesAgreeAfterTheRecovery(Death death) throws Exception {
        String name = "m" + ++runs;
        createTable(name);
        send(name);

        try (Child application = new Child(death, name)) {
            application.run(death.plan().victim());
        }

        boolean moved = isInTable(name);
        List<String> all = List.of(name);
        assertEquals(
                moved ? List.of(List.of(), all) : List.of(all, List.of()),
                List.of(take(name + Mover.IN), take(name + Mover.OUT)),
                () -> "in and out, in the table: " + moved + log(name));
        assertTrue(moved || !death.mustBeMoved(), "it was decided before the crash");
        assertTrue(!moved || !death.mayNotBeMoved(), "nobody had decided it");
    }

    private static Path logFile(String name) {
        return folder.resolve(name + ".log");
    }

    private static String log(String name) {
        return "\n" + ServerProcess.textOf(logFile(name));
    }

    private static String tableUrl(String name) {
        return "jdbc:h2:" + databases.getURL() + "/mem:" + name + ";DB_CLOSE_DELAY=-1";
    }

    private void createTable(String name) throws SQLException {
        try (java.sql.Connection connection = Mover.database(tableUrl(name)).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table moved (name varchar primary key)");
        }
    }

    private boolean isInTable(String name) throws SQLException {
        try (java.sql.Connection connection = Mover.database(tableUrl(name)).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select name from moved")) {
            return rows.next();
        }
    }

    private void send(String name) throws JMSException {
        try (Connection connection = broker.connectionFactory("").createConnection();
                Session session = connection.createSession()) {
            session.createProducer(session.createQueue(name + Mover.IN))
                    .send(session.createTextMessage(name));
        }
    }

    private List<String> take(String queue) throws JMSException {
        List<String> taken = new ArrayList<>();
        try (Connection connection = broker.connectionFactory("").createConnection();
                Session session = connection.createSession()) {
            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            for (Message next = consumer.receive(EMPTY_MS);
                    next != null;
                    next = consumer.receive(EMPTY_MS)) {
                taken.add(next.getBody(String.class));
            }
        }
        return taken;
    }

    /** The application's processes: the one that dies, and the one that recovers. */
    private final class Child implements AutoCloseable {
        private final Death death;
        private final String name;
        private Process process;

        Child(Death death, String name) {
            this.death = death;
            this.name = name;
        }

        void run(Victim victim) throws Exception {
            start(
                    death.commits() ? "commit" : "rollback",
                    death.plan().toString(),
                    Long.toString(broker.pid()));
            if (victim.includesApplication()) {
                expect(Mover.DIES);
                process.destroyForcibly();
                process.waitFor();
            } else {
                expect(Mover.BROKER_KILLED);
            }
            if (victim.includesBroker()) {
                broker.kill();
                broker.start();
            }
            if (victim.includesApplication()) {
                start("recover");
            } else {
                process.getOutputStream().close();
            }
            expect(Mover.RECOVERED);
            process.destroyForcibly();
            process.waitFor();
        }

        private void start(String... arguments) throws IOException {
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    Installation.java(),
                                    "-Xmx256m",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Mover.class.getName(),
                                    death.manager(),
                                    broker.url(),
                                    tableUrl(name),
                                    folder.resolve(name).toString(),
                                    name));
            command.addAll(List.of(arguments));
            process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(logFile(name).toFile()))
                            .start();
        }

        /** Waits for a line; the others that the application has for us are not expected. */
        private void expect(String line) throws Exception {
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            String found =
                    CompletableFuture.supplyAsync(
                                    () -> lines.lines().filter(Mover::isSaid).findFirst())
                            .get(WAIT_SECONDS, TimeUnit.SECONDS)
                            .orElse("nothing");
            assertEquals(line, found, () -> log(name));
        }

        @Override
        public void close() {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
