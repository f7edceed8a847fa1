// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What clients make of replies that are not theirs. */
class TideClientIT {
    private static final TideTable.HighWater RIGHT = new TideTable.HighWater(2, 2);
    private static final TideTable.HighWater WRONG = new TideTable.HighWater(1, 1);

    private TideResources resources;
    private Connection connection;

    @BeforeEach
    void connect() throws IOException, NamingException, JMSException {
        Properties jndi = new Properties();
        try (InputStream in =
                TideDay.class.getResourceAsStream("/requestreply/taffrail.jndi.properties")) {
            jndi.load(in);
        }
        jndi.setProperty("connectionFactory.ConnectionFactory", "taffrail:embedded");
        resources = TideResources.lookUp(new InitialContext(jndi));
        connection = resources.factory().createConnection();
        connection.start();
    }

    @AfterEach
    void close() throws JMSException {
        connection.close();
    }

    /** Answers each request with a reply of another one, and, if told to, with its own. */
    private void confuse(boolean answers) throws JMSException {
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        session.createConsumer(resources.requests())
                .setMessageListener(request -> reply(session, request, answers));
    }

    private static void reply(Session session, Message request, boolean answers) {
        try {
            Message stray = TideProtocol.answer(session, WRONG);
            stray.setJMSCorrelationID("of another request");
            session.createProducer(request.getJMSReplyTo()).send(stray);
            if (answers) {
                Message reply = TideProtocol.answer(session, RIGHT);
                reply.setJMSCorrelationID(TideProtocol.correlationOf(request));
                session.createProducer(request.getJMSReplyTo()).send(reply);
            }
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aReplyToAnotherRequestIsNotTakenForTheAnswer() throws JMSException {
        confuse(true);
        try (TideClient pilot = new TemporaryQueueClient(connection, resources);
                TideClient office = new FixedQueueClient(connection, resources, "office")) {
            assertEquals(RIGHT, pilot.ask("1", "Brest", 0L, 20_000).tide());
            assertEquals(RIGHT, office.ask("2", "Brest", 0L, 20_000).tide());
        }
    }

    @Test
    void whereOnlyStrayRepliesComePatienceEnds() throws JMSException {
        confuse(false);
        try (TideClient pilot = new TemporaryQueueClient(connection, resources);
                TideClient office = new FixedQueueClient(connection, resources, "office")) {
            assertSame(Answer.NONE, pilot.ask("1", "Brest", 0L, 200));
            assertSame(Answer.NONE, office.ask("2", "Brest", 0L, 200));
        }
    }
}
