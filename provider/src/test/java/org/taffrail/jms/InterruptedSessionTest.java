// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.TransactionRolledBackException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What sessions forget and ask for again when a link that goes on was interrupted. */
@Timeout(30)
class InterruptedSessionTest {
    private static final WireException CAUSE =
            new WireException(ErrorCode.CONNECTION_LOST, "on purpose");

    private final List<RecordingLink> links = new CopyOnWriteArrayList<>();
    private Connection connection;
    private RecordingLink link;

    @BeforeEach
    void connect() throws JMSException {
        connection =
                new TaffrailConnectionFactory(
                                "taffrail://localhost?jms.prefetch=4",
                                (url, listener) -> {
                                    links.add(new RecordingLink(listener).goingOn());
                                    return links.get(0);
                                })
                        .createConnection();
        link = links.get(0);
        connection.start();
    }

    private MessageConsumer consumer(Session session) throws JMSException {
        MessageConsumer consumer = session.createConsumer(session.createQueue("q"));
        link.calls();
        return consumer;
    }

    private static String text(Message message) throws JMSException {
        return ((TextMessage) message).getText();
    }

    @Test
    void whatWasSentAheadIsForgottenAndCreditIsGivenAnew() throws JMSException {
        MessageConsumer consumer = consumer(connection.createSession());
        link.deliver(1, 1, "sent ahead");
        link.interrupt(CAUSE);
        assertNull(consumer.receive(1));
        link.calls();

        link.restore();
        assertEquals(List.of("credit 1 4"), link.calls());
        link.deliver(1, 1, "again");

        assertEquals("again", text(consumer.receive()));
    }

    @Test
    void aConsumerThatWasStartedMeanwhileGetsItsCredit() throws JMSException {
        MessageConsumer consumer = consumer(connection.createSession());
        link.interrupt(CAUSE);
        connection.stop();
        connection.start();
        link.calls();

        link.restore();

        assertEquals(List.of("credit 1 4"), link.calls());
        link.deliver(1, 1, "there");
        assertEquals("there", text(consumer.receive()));
    }

    @Test
    void nothingIsThereWhileThereIsNoConnection() throws JMSException {
        MessageConsumer consumer = consumer(connection.createSession());
        link.refuse("drain", CAUSE);

        assertNull(consumer.receiveNoWait());
    }

    @Test
    void aTransactionRollsBackAlsoWhatIsDoneInItAfterwards() throws JMSException {
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "before");
        assertEquals("before", text(consumer.receive()));
        link.interrupt(CAUSE);
        link.restore();
        link.deliver(1, 1, "again");
        assertEquals("again", text(consumer.receive()));
        link.calls();

        TransactionRolledBackException failure =
                assertThrows(TransactionRolledBackException.class, session::commit);

        assertTrue(failure.getMessage().contains("its connection was lost"), failure::getMessage);
        List<String> calls = link.calls();
        assertTrue(
                calls.containsAll(List.of("ACCEPT 1 tx=2 [1, 1]", "rollback 2")), calls::toString);
        session.commit();
    }

    @Test
    void anAcknowledgementIsACommitWhoseOutcomeIsLearnt() throws JMSException {
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "a");
        link.deliver(1, 2, "b");
        consumer.receive();
        Message last = consumer.receive();
        link.calls();

        last.acknowledge();
        assertEquals(List.of("ACCEPT 1 tx=1 [1, 2]", "commit 1"), link.calls());
        last.acknowledge();
        assertEquals(List.of(), link.calls());
    }

    @Test
    void anAcknowledgementThatWasRolledBackSaysThatAllComesAgain() throws JMSException {
        Session session = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session);
        link.deliver(1, 1, "a");
        Message message = consumer.receive();
        link.refuse("commit", new WireException(ErrorCode.NOT_COMMITTED, "lost"));

        JMSException failure = assertThrows(JMSException.class, message::acknowledge);

        assertEquals("CONNECTION_LOST", failure.getErrorCode());
        assertTrue(failure.getMessage().contains("comes again"), failure::getMessage);
    }

    @Test
    void destinationsAreAskedForAnew() throws JMSException {
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(session.createQueue("q"));
        producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
        producer.send(session.createMessage());
        link.calls();

        link.interrupt(CAUSE);
        link.restore();
        producer.send(session.createMessage());

        assertTrue(link.calls().contains("resolve q"));
    }

    @Test
    void stateListenersHearOfAllAndExceptionListenersOfTheEnd() throws JMSException {
        List<String> heard = new CopyOnWriteArrayList<>();
        connection.setExceptionListener(failure -> heard.add("exception"));
        ConnectionStateListener listener =
                new ConnectionStateListener() {
                    @Override
                    public void interrupted(JMSException cause) {
                        heard.add("interrupted " + cause.getMessage());
                    }

                    @Override
                    public void restored() {
                        heard.add("restored");
                    }

                    @Override
                    public void lost(JMSException cause) {
                        heard.add("lost");
                    }
                };
        ((ObservableConnection) connection).addStateListener(listener);

        link.interrupt(CAUSE);
        link.restore();
        await().until(() -> heard.size() == 2);
        assertTrue(heard.get(0).startsWith("interrupted on purpose"), heard::toString);
        assertEquals("restored", heard.get(1));
        link.interrupt(CAUSE);
        link.lose(CAUSE);

        await().until(() -> heard.size() == 5);
        assertTrue(heard.containsAll(List.of("lost", "exception")), heard::toString);
        ((ObservableConnection) connection).removeStateListener(listener);
        List<String> heardByAnother = new CopyOnWriteArrayList<>();
        ((ObservableConnection) connection)
                .addStateListener(
                        new ConnectionStateListener() {
                            @Override
                            public void restored() {
                                heardByAnother.add("restored");
                            }
                        });
        link.restore();
        await().until(() -> !heardByAnother.isEmpty());
        assertEquals(5, heard.size());
    }
}
