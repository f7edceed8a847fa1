// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnectionFactory;
import jakarta.jms.Session;
import jakarta.jms.TopicConnectionFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Who may connect to a broker with a users file (Jakarta Messaging 6.1.1). */
class AuthenticationTest extends ClientTest {
    private static final int ITERATIONS = 1000;

    @TempDir private Path users;

    @Override
    Map<String, String> brokerOptions() {
        UsersFile file = file();
        if (!file.exists()) {
            put("keeper", "keeper");
            put("ann", "right");
        }
        return Map.of("security.usersFile", file.toString());
    }

    @Override
    String[] keeperOptions() {
        return new String[] {"jms.username=keeper", "jms.password=keeper"};
    }

    private UsersFile file() {
        return new UsersFile(users.resolve("users"));
    }

    private void put(String name, String password) {
        PasswordHash hash =
                PasswordHash.of(password, new byte[PasswordHash.SALT_BYTES], ITERATIONS);
        try {
            file().change(old -> old.with(name, hash));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String refused(String user, String password) {
        JMSSecurityException refused =
                assertThrows(
                        JMSSecurityException.class,
                        () -> factory().createConnection(user, password));
        assertEquals("AUTHENTICATION_FAILED", refused.getErrorCode());
        return refused.getMessage();
    }

    private static void assertWorks(Connection connection) throws JMSException {
        try (connection) {
            Session session = connection.createSession();
            session.createProducer(queue(session)).send(session.createMessage());
        }
    }

    @Test
    void letsAUserInWhoeverNamesIt() throws Exception {
        assertWorks(factory().createConnection("ann", "right"));
        assertWorks(factory("jms.username=ann", "jms.password=right").createConnection());
        assertWorks(
                factory("jms.username=nobody", "jms.password=x").createConnection("ann", "right"));
        TaffrailConnectionFactory factory = factory();
        factory.setUser("ann");
        factory.setPassword("right");
        assertWorks(factory.createConnection());
        QueueConnectionFactory queues = factory();
        assertWorks(queues.createQueueConnection("ann", "right"));
        TopicConnectionFactory topics = factory();
        topics.createTopicConnection("ann", "right").close();
        try (JMSContext context = factory().createContext("ann", "right")) {
            assertNotNull(context.createTemporaryQueue());
        }
    }

    @Test
    void refusesWrongCredentialsAndDoesNotSayWhatIsWrong() {
        String wrongPassword = refused("ann", "wrong-word");

        assertEquals(wrongPassword, refused("bob", "right"));
        assertEquals(wrongPassword, refused("ANN", "right"));
        assertEquals(wrongPassword, refused("ann", ""));
        assertEquals(wrongPassword, refused("ann", null));
        assertFalse(wrongPassword.contains("wrong-word"), wrongPassword);
    }

    @Test
    void refusesWhoNamesNobody() {
        refused(null, null);
        refused("", "right");
        assertThrows(JMSSecurityException.class, () -> factory().createConnection());
        assertThrows(JMSSecurityRuntimeException.class, () -> factory().createContext());
    }

    @Test
    void refusesInTheSimplifiedApiAsWell() {
        ConnectionFactory factory = factory();

        JMSSecurityRuntimeException refused =
                assertThrows(
                        JMSSecurityRuntimeException.class,
                        () -> factory.createContext("ann", "wrong", JMSContext.CLIENT_ACKNOWLEDGE));
        assertEquals("AUTHENTICATION_FAILED", refused.getErrorCode());
        assertThrows(
                JMSSecurityRuntimeException.class, () -> factory.createContext("bob", "right"));
    }

    @Test
    void refusesWhatCanBeNoUser() {
        refused("x".repeat(256), "p");
        refused("ann", "p".repeat(1025));
        refused("a\0nn", "right");
        refused("ann", "\ud800");
    }

    @Test
    void aRefusedAttemptHoldsNoClientId() throws Exception {
        TaffrailConnectionFactory factory = factory("jms.clientID=one");
        assertThrows(JMSSecurityException.class, () -> factory.createConnection("ann", "wrong"));

        assertWorks(factory.createConnection("ann", "right"));
    }

    @Test
    void aChangedFileCountsFromTheNextConnectionOn() throws Exception {
        Connection before = closing(factory().createConnection("ann", "right"));
        put("bob", "b\u00f6b");

        assertWorks(factory().createConnection("bob", "b\u00f6b"));

        put("ann", "changed");
        refused("ann", "right");
        assertWorks(factory().createConnection("ann", "changed"));
        file().change(old -> old.without("ann"));
        refused("ann", "changed");
        assertWorks(before);
    }

    @Test
    void saysOnRequestWhoHasSent() throws Exception {
        TaffrailConnectionFactory factory =
                factory("jms.populateJMSXUserID=true", "jms.applicationID=till");
        Connection connection = closing(factory.createConnection("ann", "right"));
        connection.start();
        Session session = connection.createSession();
        Queue queue = queue(session);
        Message message = session.createMessage();
        message.setStringProperty("JMSXUserID", "forged");
        session.createProducer(queue).send(message);

        Message received = session.createConsumer(queue, "JMSXUserID = 'ann'").receive(PATIENCE_MS);

        assertNotNull(received);
        assertEquals("ann", received.getStringProperty("JMSXUserID"));
        assertEquals("till", received.getStringProperty("JMSXAppID"));
        assertEquals("ann", message.getStringProperty("JMSXUserID"));
        assertEquals("till", message.getStringProperty("JMSXAppID"));
        List<String> names = jmsxNames(connection);
        assertTrue(names.containsAll(List.of("JMSXUserID", "JMSXAppID")), names.toString());
    }

    @Test
    void saysNothingWhereItIsNotAskedFor() throws Exception {
        Connection connection = closing(factory().createConnection("ann", "right"));
        connection.start();
        Session session = connection.createSession();
        Queue queue = queue(session);
        Message message = session.createMessage();
        message.setStringProperty("JMSXUserID", "forged");
        session.createProducer(queue).send(message);

        Message received = session.createConsumer(queue).receive(PATIENCE_MS);

        assertFalse(received.propertyExists("JMSXUserID"));
        List<String> names = jmsxNames(connection);
        assertFalse(names.contains("JMSXUserID"), names.toString());
    }
}
