// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.mq.jakarta.jms.MQQueue;
import com.ibm.msg.client.jakarta.jms.internal.JmsTextMessageImpl;
import com.ibm.msg.client.jakarta.wmq.WMQConstants;
import com.rabbitmq.jms.admin.RMQDestination;
import com.rabbitmq.jms.client.RMQMessage;
import com.rabbitmq.jms.client.message.RMQBytesMessage;
import com.rabbitmq.jms.client.message.RMQMapMessage;
import com.rabbitmq.jms.client.message.RMQObjectMessage;
import com.rabbitmq.jms.client.message.RMQStreamMessage;
import com.rabbitmq.jms.client.message.RMQTextMessage;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * Messages made by the classes of IBM MQ and RabbitMQ, whose servers are not here, as they arrive
 * at Taffrail.
 */
class ForeignMessageTest {
    private static final String TRACE = "00-154000cea4565de5b85d11b200755e9d-47c4db8085ea724f-03";

    private static final String WMQ = "com.ibm.msg.client.jakarta.wmq";
    private static final String MQ_ID = "ID:414d5120514d31202020202020202020a1b2c3d4e5f60718";
    private static final byte[] CORRELATION = new byte[24];

    private Connection connection;
    private Session session;

    @BeforeEach
    void connect() throws JMSException {
        TaffrailConnectionFactory factory =
                new TaffrailConnectionFactory("taffrail:embedded?security.importers=*");
        factory.setImportMessages(true);
        connection = factory.createConnection();
        connection.start();
        session = connection.createSession();
    }

    @AfterEach
    void close() throws JMSException {
        connection.close();
    }

    @Test
    void keepsWhatAMessageOfIbmMqIs() throws JMSException, RefusedException {
        TextMessage message = new JmsTextMessageImpl(WMQ, (Message) null);
        message.setText("order 4711");
        message.setJMSMessageID(MQ_ID);
        message.setJMSTimestamp(1_700_000_000_000L);
        message.setJMSDeliveryMode(DeliveryMode.PERSISTENT);
        message.setJMSPriority(7);
        message.setJMSReplyTo(new MQQueue("queue://QM1/REPLIES?targetClient=1"));
        message.setStringProperty(WMQConstants.JMS_IBM_FORMAT, "MQSTR");
        message.setIntProperty(WMQConstants.JMS_IBM_MSGTYPE, 8);
        message.setStringProperty(WMQConstants.JMS_IBM_CHARACTER_SET, "UTF-8");
        message.setIntProperty(WMQConstants.JMS_IBM_ENCODING, 273);
        message.setStringProperty("region", "north");
        message.setStringProperty("traceparent", TRACE);
        message.setStringProperty("x__dash__b3__dash__traceid", "154000cea4565de5b85d11b200755e9d");

        Message arrived = carry(message);

        assertEquals(TRACE, arrived.getStringProperty("traceparent"));
        assertEquals(
                "154000cea4565de5b85d11b200755e9d",
                arrived.getStringProperty("x__dash__b3__dash__traceid"));
        assertEquals("order 4711", arrived.getBody(String.class));
        assertEquals(MQ_ID, arrived.getJMSMessageID());
        assertEquals(1_700_000_000_000L, arrived.getJMSTimestamp());
        assertEquals(7, arrived.getJMSPriority());
        assertEquals("REPLIES", ((Queue) arrived.getJMSReplyTo()).getQueueName());
        assertEquals("MQSTR", arrived.getStringProperty("JMS_IBM_Format"));
        assertEquals(8, arrived.getObjectProperty("JMS_IBM_MsgType"));
        assertEquals("UTF-8", arrived.getStringProperty("JMS_IBM_Character_Set"));
        assertEquals(273, arrived.getObjectProperty("JMS_IBM_Encoding"));
        assertEquals("north", arrived.getStringProperty("region"));
    }

    @Test
    void findsAMessageOfIbmMqByTheIdAndThePropertiesThatItHad()
            throws JMSException, RefusedException {
        TextMessage message = new JmsTextMessageImpl(WMQ, (Message) null);
        message.setText("x");
        message.setJMSMessageID(MQ_ID);
        message.setJMSCorrelationID("ID:0102");
        message.setStringProperty(WMQConstants.JMS_IBM_FORMAT, "MQSTR");
        Queue queue = session.createQueue("q");
        send(queue, message);

        assertTrue(finds(queue, "JMSMessageID = '" + MQ_ID + "'"));
        assertTrue(finds(queue, "JMSCorrelationID = 'ID:0102' AND JMS_IBM_Format = 'MQSTR'"));
    }

    @Test
    void hasNoPlaceForAPropertyOfBytes() {
        byte[] id = new byte[24];

        assertThrows(
                JMSException.class,
                () -> session.createMessage().setObjectProperty("JMS_IBM_MQMD_MsgId", id));
    }

    @Test
    void keepsACorrelationIdOfBytes() throws JMSException, RefusedException {
        TextMessage message = session.createTextMessage("x");
        message.setJMSCorrelationIDAsBytes(CORRELATION);

        Message arrived = carry(message);

        assertArrayEquals(CORRELATION, arrived.getJMSCorrelationIDAsBytes());
    }

    @Test
    void keepsWhatAMessageOfRabbitMqIs() throws JMSException, RefusedException {
        RMQTextMessage message = sent(new RMQTextMessage());
        message.setText("order 4711");
        message.setJMSCorrelationID("c-1");
        message.setJMSType("order");
        message.setJMSReplyTo(new RMQDestination("replies", true, false));
        message.setStringProperty("JMSXGroupID", "g");
        message.setLongProperty("amount", 12);
        message.setBooleanProperty("urgent", true);

        Message arrived = carry(message);

        assertEquals("order 4711", arrived.getBody(String.class));
        assertEquals(9, arrived.getJMSPriority());
        assertEquals("c-1", arrived.getJMSCorrelationID());
        assertEquals("order", arrived.getJMSType());
        assertEquals("replies", ((Queue) arrived.getJMSReplyTo()).getQueueName());
        assertEquals("g", arrived.getStringProperty("JMSXGroupID"));
        assertEquals(12L, arrived.getObjectProperty("amount"));
        assertEquals(true, arrived.getObjectProperty("urgent"));
    }

    @Test
    void keepsTheBodiesOfRabbitMq() throws JMSException, RefusedException {
        RMQBytesMessage bytes = sent(new RMQBytesMessage());
        bytes.writeBytes(new byte[] {1, 2, 3});
        RMQMapMessage map = sent(new RMQMapMessage());
        map.setInt("i", 5);
        map.setBytes("b", new byte[] {4});
        RMQStreamMessage stream = sent(new RMQStreamMessage());
        stream.writeString("s");
        stream.writeDouble(2.5);
        RMQObjectMessage object = sent(new RMQObjectMessage());
        object.setObject(new ArrayList<>(List.of("a", 1)));

        for (Message message : List.of(bytes, map, stream, object)) {
            Parcel before = new MessageReader(false).read(message);
            Parcel after = new MessageReader(false).read(carry(message));
            assertEquals(before.content(), after.content(), before.kind().toString());
        }
    }

    @Test
    void readsAMessageThatWasPublishedOverAmqpWithoutAPriority()
            throws JMSException, RefusedException {
        RMQTextMessage message = new RMQTextMessage();
        message.setJMSDeliveryMode(DeliveryMode.PERSISTENT);

        assertEquals(Message.DEFAULT_PRIORITY, new MessageReader(false).read(message).priority());
    }

    @Test
    void refusesAHeaderOfAmqpThatIsNoPropertyOfJms() throws JMSException, RefusedException {
        RMQTextMessage message = sent(new RMQTextMessage());
        message.setText("x");
        message.setStringProperty("x-origin", "web");
        Parcel parcel = new MessageReader(false).read(message);

        RefusedException refused =
                assertThrows(
                        RefusedException.class,
                        () -> new MessageWriter(session, true).write(parcel));

        assertTrue(refused.getMessage().contains("x-origin"), refused.getMessage());
        assertNull(session.createMessage().getStringProperty("x-origin"));
    }

    /** Sets what RabbitMQ's producer sets. */
    private static <T extends RMQMessage> T sent(T message) throws JMSException {
        message.setJMSMessageID("ID:1");
        message.setJMSDeliveryMode(DeliveryMode.PERSISTENT);
        message.setJMSPriority(9);
        message.setJMSTimestamp(1_700_000_000_000L);
        message.setJMSExpiration(0);
        return message;
    }

    private Message carry(Message message) throws JMSException, RefusedException {
        Queue queue = session.createTemporaryQueue();
        send(queue, message);
        return session.createConsumer(queue).receive(5_000);
    }

    private void send(Queue queue, Message message) throws JMSException, RefusedException {
        Parcel parcel = new MessageReader(false).read(message);
        MessageProducer producer = session.createProducer(queue);
        producer.send(new MessageWriter(session, true).write(parcel));
    }

    private boolean finds(Queue queue, String selector) throws JMSException {
        try (QueueBrowser browser = session.createBrowser(queue, selector)) {
            return browser.getEnumeration().hasMoreElements();
        }
    }
}
