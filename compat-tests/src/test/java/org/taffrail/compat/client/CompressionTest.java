// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;

import org.junit.jupiter.api.Test;
import org.taffrail.jms.message.TaffrailMessage;
import org.taffrail.link.ConnectionUrl;
import org.taffrail.link.Link;
import org.taffrail.link.Links;
import org.taffrail.wire.ByteSink;
import org.taffrail.wire.record.BodyType;
import org.taffrail.wire.record.CompressedBody;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.record.RecordEncoder;
import org.taffrail.wire.record.RecordView;
import org.taffrail.wire.record.RunLayout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Bodies that are compressed on their way, and what only looks like one. */
class CompressionTest extends ClientTest {
    private static final String TEXT = "a line of an order\n".repeat(2_000);

    /** A limit at which a bomb of several times as much fits into the memory of a test. */
    @Override
    Map<String, String> brokerOptions() {
        return Map.of("limits.messageBytesMax", "1MiB");
    }

    private static RecordView record(Message message) {
        return new RecordView().wrap(((TaffrailMessage) message).delivery().record(), 0);
    }

    private List<Message> oneOfEachType(Session session) throws JMSException {
        TextMessage text = session.createTextMessage(TEXT);
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeBytes(new byte[20_000]);
        MapMessage map = session.createMapMessage();
        map.setString("text", TEXT);
        StreamMessage stream = session.createStreamMessage();
        stream.writeString(TEXT);
        ObjectMessage object = session.createObjectMessage(new ArrayList<>(List.of(TEXT)));
        return List.of(text, bytes, map, stream, object);
    }

    @Test
    void aReceiverThatDoesNotCompressReadsEachType() throws Exception {
        Session sending = connect("jms.useCompression=true").createSession();
        Queue queue = queue(sending);
        MessageProducer producer = sending.createProducer(queue);
        for (Message message : oneOfEachType(sending)) {
            message.setStringProperty("colour", "red");
            producer.send(message);
        }

        Session session = started().createSession();
        MessageConsumer consumer = session.createConsumer(queue, "colour = 'red'");
        List<Message> received = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Message message = consumer.receive(PATIENCE_MS);
            assertNotNull(message, "message " + i);
            assertTrue(record(message).compressed());
            assertTrue(record(message).bodyLength() < 1_000);
            received.add(message);
        }

        assertEquals(TEXT, received.get(0).getBody(String.class));
        assertArrayEquals(new byte[20_000], received.get(1).getBody(byte[].class));
        assertEquals(TEXT, ((MapMessage) received.get(2)).getString("text"));
        assertEquals(TEXT, ((StreamMessage) received.get(3)).readString());
        assertEquals(List.of(TEXT), received.get(4).getBody(ArrayList.class));
    }

    @Test
    void shortBodiesAndThoseOfOtherConnectionsAreNotCompressed() throws Exception {
        Session sending =
                connect("jms.useCompression=true", "jms.compressionMinBytes=100").createSession();
        Queue queue = queue(sending);
        sending.createProducer(queue).send(sending.createTextMessage("a".repeat(99)));
        sending.createProducer(queue).send(sending.createTextMessage("a".repeat(100)));
        send(queue, TEXT);

        MessageConsumer consumer = started().createSession().createConsumer(queue);

        assertEquals(99, record(consumer.receive(PATIENCE_MS)).bodyLength());
        assertTrue(record(consumer.receive(PATIENCE_MS)).compressed());
        assertEquals(TEXT, text(consumer.receive(PATIENCE_MS)));
    }

    @Test
    void aDeadLetterStaysCompressed() throws Exception {
        Session sending = connect("jms.useCompression=true").createSession();
        Queue queue = queue(sending);
        sending.createProducer(queue).send(sending.createTextMessage(TEXT));
        Session session = started().createSession(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = session.createConsumer(queue);
        for (int i = 0; i < 10; i++) {
            assertNotNull(consumer.receive(PATIENCE_MS));
            session.rollback();
        }

        MessageConsumer dead = session.createConsumer(session.createQueue("DLQ.a.queue"));
        Message message = dead.receive(PATIENCE_MS);

        assertTrue(record(message).compressed());
        assertEquals(TEXT, text(message));
        assertEquals("a.queue", message.getStringProperty("JMS_TAFFRAIL_ORIGIN"));
    }

    @Test
    void aBodyThatExpandsBeyondTheLimitIsADeadLetterAndHoldsNobodyUp() throws Exception {
        sendBomb("a.queue");
        Session session = started().createSession();
        Queue queue = queue(session);
        send(queue, "good");
        MessageConsumer consumer = session.createConsumer(queue);

        JMSException refusal =
                assertThrows(JMSException.class, () -> consumer.receive(PATIENCE_MS));

        assertEquals("MESSAGE_TOO_LARGE", refusal.getErrorCode());
        assertEquals("good", text(consumer.receive(PATIENCE_MS)));
        MessageConsumer dead = session.createConsumer(session.createQueue("DLQ.a.queue"));
        assertThrows(JMSException.class, () -> dead.receive(PATIENCE_MS));
    }

    /** Sends what no client of ours would: a few KiB that are many MiB once they are expanded. */
    private void sendBomb(String queue) throws Exception {
        Link link = Links.make(ConnectionUrl.parse(address()), cause -> {});
        try {
            int bytes = 8 * link.open().get(20, TimeUnit.SECONDS).messageBytesMax();
            Link.Target target =
                    link.resolve(DestinationKind.QUEUE, queue).get(20, TimeUnit.SECONDS);
            ByteSink run = new ByteSink(16);
            int at = RunLayout.begin(run, target.partition(), 0, 0);
            RecordEncoder encoder = new RecordEncoder(run).begin(1, 2, 3, true, 4);
            encoder.bodyType(BodyType.TEXT, false).compressed();
            int bodyAt = run.length();
            run.putBytes(new byte[bytes], 0, bytes);
            assertTrue(CompressedBody.compress(run, bodyAt));
            encoder.end();
            RunLayout.end(run, at, 1);
            CompletableFuture<Void> sent = new CompletableFuture<>();
            link.send(0, run, failure -> sent.complete(null));
            sent.get(20, TimeUnit.SECONDS);
        } finally {
            link.close();
        }
    }
}
