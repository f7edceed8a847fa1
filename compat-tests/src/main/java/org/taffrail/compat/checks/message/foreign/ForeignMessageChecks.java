// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message.foreign;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageProducer;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Messages whose implementation is not the provider's own. */
public final class ForeignMessageChecks {
    @Check(section = "3.12", says = "A message without a body of another provider is sent.")
    void sendsAPlainMessage(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignMessage message = new ForeignMessage();
        message.setStringProperty("p", "x");

        Message received = trip.of(message);

        Expect.equal("x", received.getStringProperty("p"), "the property");
        Expect.that(!(received instanceof TextMessage), "it arrived as a text");
    }

    @Check(section = "3.12", says = "A TextMessage of another provider arrives with its text.")
    void sendsText(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignTextMessage message = new ForeignTextMessage();

        message.setText("l\u00e9gende \ud83d\ude00");
        Expect.equal(message.getText(), Scene.text(trip.of(message)), "the text");

        message.setText(null);
        Expect.isNull(trip.of(TextMessage.class, message).getText(), "the text");
    }

    @Check(section = "3.12", says = "An ObjectMessage of another provider arrives with its object.")
    void sendsAnObject(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignObjectMessage message = new ForeignObjectMessage();
        ArrayList<String> list = new ArrayList<>(List.of("one", "two"));

        message.setObject(list);
        Expect.equal(list, trip.of(ObjectMessage.class, message).getObject(), "the object");

        message.setObject(null);
        Expect.isNull(trip.of(ObjectMessage.class, message).getObject(), "the object");
    }

    @Check(
            section = "3.12",
            says = "A MapMessage of another provider arrives with its entries and their types.")
    void sendsAMap(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignMapMessage message = new ForeignMapMessage();
        message.setBoolean("boolean", true);
        message.setByte("byte", (byte) -1);
        message.setShort("short", (short) -300);
        message.setChar("char", '\u20ac');
        message.setInt("int", 70_000);
        message.setLong("long", 5_000_000_000L);
        message.setFloat("float", 1.5f);
        message.setDouble("double", -2.25);
        message.setString("string", "text");
        message.setString("null", null);
        message.setBytes("bytes", new byte[] {1, 2, 3});

        MapMessage received = trip.of(MapMessage.class, message);

        for (String name :
                List.of(
                        "boolean", "byte", "short", "char", "int", "long", "float", "double",
                        "string", "null")) {
            Expect.equal(message.getObject(name), received.getObject(name), "entry " + name);
        }
        Expect.that(
                Arrays.equals(new byte[] {1, 2, 3}, received.getBytes("bytes")),
                "entry bytes differs");
    }

    @Check(
            section = "3.12",
            says = "A StreamMessage of another provider arrives with its fields and their types.")
    void sendsAStream(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignStreamMessage message = new ForeignStreamMessage();
        List<Object> fields =
                Arrays.asList(
                        true,
                        (byte) -1,
                        (short) -300,
                        '\u20ac',
                        70_000,
                        5_000_000_000L,
                        1.5f,
                        -2.25,
                        "text",
                        null);
        for (Object field : fields) {
            message.writeObject(field);
        }
        message.writeBytes(new byte[] {1, 2, 3});

        StreamMessage received = trip.of(StreamMessage.class, message);

        for (Object field : fields) {
            Expect.equal(field, received.readObject(), "the field");
        }
        Expect.that(
                Arrays.equals(new byte[] {1, 2, 3}, (byte[]) received.readObject()),
                "the field of bytes differs");
        Expect.refused(MessageEOFException.class, "reading on", received::readObject);
    }

    @Check(section = "3.12", says = "A BytesMessage of another provider arrives with its bytes.")
    void sendsBytes(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        for (int length : new int[] {1, 100_000}) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (i * 31);
            }
            ForeignBytesMessage message = new ForeignBytesMessage();
            message.writeBytes(bytes);

            BytesMessage received = trip.of(BytesMessage.class, message);

            byte[] read = new byte[length];
            Expect.equal((long) length, received.getBodyLength(), "the length");
            received.readBytes(read);
            Expect.that(Arrays.equals(bytes, read), "the bytes differ");
        }
    }

    @Check(section = "3.12", says = "A BytesMessage of another provider can be empty.")
    void sendsEmptyBytes(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        BytesMessage received = trip.of(BytesMessage.class, new ForeignBytesMessage());

        Expect.equal(0L, received.getBodyLength(), "the length");
    }

    @Check(
            section = "3.12",
            says = "The properties of another provider's message arrive with their types.")
    void keepsProperties(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignTextMessage message = new ForeignTextMessage();
        message.setBooleanProperty("boolean", true);
        message.setByteProperty("byte", (byte) -1);
        message.setShortProperty("short", (short) -300);
        message.setIntProperty("int", 70_000);
        message.setLongProperty("long", 5_000_000_000L);
        message.setFloatProperty("float", 1.5f);
        message.setDoubleProperty("double", -2.25);
        message.setStringProperty("string", "text");
        message.setStringProperty("JMSXGroupID", "group");
        message.setIntProperty("JMSXGroupSeq", 7);

        Message received = trip.of(message);

        var names = message.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            Expect.equal(message.getObjectProperty(name), received.getObjectProperty(name), name);
        }
    }

    @Check(
            section = "3.12",
            says = "What the client has set in the header of another provider's message arrives.")
    void keepsTheClientsHeader(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignTextMessage message = new ForeignTextMessage();
        message.setJMSType("type");
        message.setJMSCorrelationID("correlation");
        message.setJMSReplyTo(trip.queue());

        Message received = trip.of(message);

        Expect.equal("type", received.getJMSType(), "JMSType");
        Expect.equal("correlation", received.getJMSCorrelationID(), "JMSCorrelationID");
        Queue replyTo = Expect.type(Queue.class, received.getJMSReplyTo(), "JMSReplyTo");
        Expect.equal(trip.queue().getQueueName(), replyTo.getQueueName(), "JMSReplyTo");
    }

    @Check(
            section = "3.4.11",
            says = "A send sets the header fields of another provider's message.")
    void setsTheHeader(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignTextMessage message = withWrongHeader();

        long fromMs = System.currentTimeMillis();
        trip.producer().send(message, DeliveryMode.NON_PERSISTENT, 7, 60_000);
        long toMs = System.currentTimeMillis();

        isSet(message, trip.queue());
        Expect.equal(DeliveryMode.NON_PERSISTENT, message.getJMSDeliveryMode(), "JMSDeliveryMode");
        Expect.equal(7, message.getJMSPriority(), "JMSPriority");
        Expect.that(
                message.getJMSTimestamp() >= fromMs && message.getJMSTimestamp() <= toMs,
                "JMSTimestamp is not the time of the send");
        Expect.equal(
                message.getJMSTimestamp() + 60_000, message.getJMSExpiration(), "JMSExpiration");
    }

    @Check(
            section = "3.4.11",
            says = "The header fields of the sent foreign message are those that are received.")
    void receivesTheHeaderThatWasSetBack(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignTextMessage message = withWrongHeader();
        trip.producer().setPriority(7);
        trip.producer().setTimeToLive(60_000);

        Message received = trip.of(message);

        Expect.equal(message.getJMSMessageID(), received.getJMSMessageID(), "JMSMessageID");
        Expect.equal(message.getJMSTimestamp(), received.getJMSTimestamp(), "JMSTimestamp");
        Expect.equal(message.getJMSExpiration(), received.getJMSExpiration(), "JMSExpiration");
        Expect.equal(message.getJMSPriority(), received.getJMSPriority(), "JMSPriority");
        Expect.equal(
                message.getJMSDeliveryMode(), received.getJMSDeliveryMode(), "JMSDeliveryMode");
    }

    @Check(section = "3.4.13", says = "A send sets JMSDeliveryTime of another provider's message.")
    void setsTheDeliveryTime(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignTextMessage message = withWrongHeader();

        long fromMs = System.currentTimeMillis();
        trip.producer().send(message);
        long toMs = System.currentTimeMillis();

        Expect.that(
                message.getJMSDeliveryTime() >= fromMs && message.getJMSDeliveryTime() <= toMs,
                "JMSDeliveryTime is not the time of the send");
        Expect.equal(
                message.getJMSDeliveryTime(),
                scene.receive(trip.consumer()).getJMSDeliveryTime(),
                "received JMSDeliveryTime");
    }

    private static ForeignTextMessage withWrongHeader() {
        ForeignTextMessage message = new ForeignTextMessage();
        message.setJMSMessageID("ID:foreign");
        message.setJMSTimestamp(1);
        message.setJMSExpiration(2);
        message.setJMSDeliveryTime(3);
        message.setJMSPriority(0);
        message.setJMSDeliveryMode(0);
        return message;
    }

    private static void isSet(ForeignMessage message, Queue queue) throws JMSException {
        Queue destination = Expect.type(Queue.class, message.getJMSDestination(), "JMSDestination");
        Expect.equal(queue.getQueueName(), destination.getQueueName(), "JMSDestination");
        String id = Expect.notNull(message.getJMSMessageID(), "JMSMessageID");
        Expect.that(
                id.startsWith("ID:") && !id.equals("ID:foreign"),
                "JMSMessageID was not set by the send: " + id);
    }

    @Check(
            section = "3.4.7",
            says = "JMSRedelivered of a foreign message is not changed by a send, nor sent.")
    void leavesRedeliveredAlone(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);

        for (boolean redelivered : new boolean[] {true, false}) {
            ForeignTextMessage message = new ForeignTextMessage();
            message.setJMSRedelivered(redelivered);
            Message received = trip.of(message);
            Expect.equal(redelivered, message.getJMSRedelivered(), "JMSRedelivered after send");
            Expect.equal(false, received.getJMSRedelivered(), "received JMSRedelivered");
        }
    }

    @Check(section = "3.12", says = "A JMSProducer sends another provider's message.")
    void isSentByTheSimplifiedApi(Scene scene) throws JMSException {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        ForeignTextMessage message = new ForeignTextMessage();
        message.setText("text");

        context.createProducer().setPriority(7).setProperty("p", "x").send(queue, message);

        isSet(message, queue);
        Expect.equal(7, message.getJMSPriority(), "JMSPriority");
        Message received = scene.receive(context.createConsumer(queue));
        Expect.equal("text", Scene.text(received), "the text");
        Expect.equal("x", received.getStringProperty("p"), "the property");
    }

    @Check(
            section = "3.12",
            says =
                    "An asynchronous send sets the header of a foreign message before it"
                            + " completes.")
    void isSentAsynchronously(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignTextMessage message = new ForeignTextMessage();
        message.setText("text");
        CompletableFuture<Message> completed = new CompletableFuture<>();

        trip.producer()
                .send(
                        message,
                        new CompletionListener() {
                            @Override
                            public void onCompletion(Message sent) {
                                completed.complete(sent);
                            }

                            @Override
                            public void onException(Message sent, Exception exception) {
                                completed.completeExceptionally(exception);
                            }
                        });

        Expect.notNull(scene.result("the send", completed), "the message of the completion");
        isSet(message, trip.queue());
        Expect.equal("text", Scene.text(scene.receive(trip.consumer())), "the text");
    }

    @Check(
            section = "3.12",
            says = "A foreign message that was rolled back is redelivered as such.")
    void isRedelivered(Scene scene) throws JMSException {
        Session session = scene.session(Session.SESSION_TRANSACTED);
        Queue queue = scene.queue();
        ForeignTextMessage message = new ForeignTextMessage();
        message.setText("text");
        session.createProducer(queue).send(message);
        session.commit();
        MessageConsumer consumer = session.createConsumer(queue);
        scene.receive(consumer);

        session.rollback();

        Message again = scene.receive(consumer);
        Expect.equal("text", Scene.text(again), "the text");
        Expect.equal(true, again.getJMSRedelivered(), "JMSRedelivered");
        Expect.that(
                again.getIntProperty("JMSXDeliveryCount") >= 2,
                "JMSXDeliveryCount of a second delivery is less than 2");
    }

    @Check(section = "3.9", says = "A foreign message can be changed and sent again.")
    void canBeSentAgain(Scene scene) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        ForeignTextMessage message = new ForeignTextMessage();
        Set<String> ids = new HashSet<>();

        for (String text : List.of("one", "two", "three")) {
            message.setText(text);
            trip.producer().send(message);
            ids.add(message.getJMSMessageID());
        }

        Expect.equal(3, ids.size(), "how many ids three sends gave");
        Expect.equal(List.of("one", "two", "three"), scene.texts(trip.consumer(), 3), "the texts");
    }

    @Check(section = "3.8.1", says = "Selectors see properties and type of foreign messages.")
    void isSelected(Scene scene) throws JMSException {
        Session session = scene.session();
        Queue queue = scene.queue();
        MessageConsumer consumer =
                session.createConsumer(queue, "color = 'blue' AND JMSType = 'car'");
        MessageProducer producer = session.createProducer(queue);
        for (String color : List.of("red", "blue")) {
            ForeignTextMessage message = new ForeignTextMessage();
            message.setText(color);
            message.setStringProperty("color", color);
            message.setJMSType("car");
            producer.send(message);
        }

        Expect.equal(List.of("blue"), scene.texts(consumer, 1), "what is selected");
    }
}
