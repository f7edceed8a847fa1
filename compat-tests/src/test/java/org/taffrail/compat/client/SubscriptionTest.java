// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** The four kinds of subscription to a topic (Jakarta Messaging 4.2.2, 8.3). */
class SubscriptionTest extends ClientTest {
    private static Topic topic(Session session) throws JMSException {
        return session.createTopic("a.topic");
    }

    @Test
    void givesEachUnsharedSubscriberAllFromNowOn() throws Exception {
        Session session = started().createSession();
        Topic topic = topic(session);
        send(topic, "before");
        MessageConsumer one = session.createConsumer(topic);
        MessageConsumer two = session.createConsumer(topic);
        send(topic, "1", "2");

        assertEquals(List.of("1", "2"), texts(one, 2));
        assertEquals(List.of("1", "2"), texts(two, 2));
        two.close();
        send(topic, "3");
        assertEquals(List.of("3"), texts(one, 1));
        assertNull(session.createConsumer(topic).receiveNoWait());
    }

    @Test
    void leavesOutItsOwnMessagesWhereAsked() throws Exception {
        Session session = started().createSession();
        Topic topic = topic(session);
        MessageConsumer remote = session.createConsumer(topic, null, true);
        assertTrue(((TopicSubscriber) remote).getNoLocal());
        session.createProducer(topic).send(session.createTextMessage("local"));
        send(topic, "remote");

        assertEquals(List.of("remote"), texts(remote, 1));
        assertNull(remote.receiveNoWait());
    }

    @Test
    void keepsMessagesForADurableSubscriberThatIsAway() throws Exception {
        Connection connection = started("jms.clientID=subscriber");
        Session session = connection.createSession();
        Topic topic = topic(session);
        TopicSubscriber subscriber =
                session.createDurableSubscriber(topic, "sub", "colour = 'red'", false);
        assertEquals(topic, subscriber.getTopic());
        connection.close();

        Session publishing = connect().createSession();
        MessageProducer producer = publishing.createProducer(topic);
        for (String colour : List.of("red", "blue", "red")) {
            TextMessage message = publishing.createTextMessage(colour);
            message.setStringProperty("colour", colour);
            producer.send(message);
        }

        Session again = started("jms.clientID=subscriber").createSession();
        MessageConsumer back = again.createDurableConsumer(topic, "sub", "colour = 'red'", false);
        assertEquals(List.of("red", "red"), texts(back, 2));
        assertNull(back.receiveNoWait());
        assertThrows(JMSException.class, () -> again.unsubscribe("sub"));
        back.close();
        again.unsubscribe("sub");
        assertThrows(InvalidDestinationException.class, () -> again.unsubscribe("sub"));
    }

    @Test
    void replacesADurableSubscriptionWhoseSelectorOrTopicChanges() throws Exception {
        Session session = started("jms.clientID=subscriber").createSession();
        Topic topic = topic(session);
        session.createDurableConsumer(topic, "sub").close();
        send(topic, "old");

        session.createDurableConsumer(topic, "sub", "TRUE = TRUE", false).close();
        send(topic, "newer");
        session.createDurableConsumer(session.createTopic("other"), "sub").close();
        MessageConsumer last = session.createDurableConsumer(topic, "sub");
        send(topic, "newest");

        assertEquals(List.of("newest"), texts(last, 1));
    }

    @Test
    void refusesASecondActiveDurableSubscriber() throws Exception {
        Session session = started("jms.clientID=subscriber").createSession();
        Topic topic = topic(session);
        session.createDurableConsumer(topic, "sub");

        assertThrows(JMSException.class, () -> session.createDurableConsumer(topic, "sub"));
        assertThrows(JMSException.class, () -> session.createSharedDurableConsumer(topic, "sub"));
        assertThrows(JMSException.class, () -> session.unsubscribe("sub"));
    }

    @Test
    void needsAClientIdForAnUnsharedDurableSubscription() throws Exception {
        Session session = started().createSession();
        Topic topic = topic(session);
        assertThrows(
                IllegalStateException.class, () -> session.createDurableConsumer(topic, "sub"));
        assertThrows(
                IllegalStateException.class, () -> session.createDurableSubscriber(topic, "sub"));
        session.createSharedDurableConsumer(topic, "sub").close();
        session.unsubscribe("sub");
    }

    @Test
    void dividesASharedSubscriptionAmongItsConsumers() throws Exception {
        Session one = started("jms.prefetch=1").createSession();
        Session two = started("jms.prefetch=1").createSession();
        Topic topic = topic(one);
        MessageConsumer first = one.createSharedConsumer(topic, "sub");
        MessageConsumer second = two.createSharedConsumer(topic, "sub");
        send(topic, "1", "2", "3", "4");

        List<String> texts = new ArrayList<>();
        texts.addAll(texts(first, 1));
        texts.addAll(texts(second, 1));
        texts.addAll(texts(first, 1));
        texts.addAll(texts(second, 1));
        texts.sort(null);
        assertEquals(List.of("1", "2", "3", "4"), texts);
        assertNull(first.receiveNoWait());
        first.close();
        second.close();
        send(topic, "lost");
        assertNull(one.createSharedConsumer(topic, "sub").receiveNoWait());
    }

    @Test
    void keepsMessagesOfASharedDurableSubscription() throws Exception {
        Session session = started().createSession();
        Topic topic = topic(session);
        session.createSharedDurableConsumer(topic, "sub").close();
        send(topic, "1", "2");

        MessageConsumer back = session.createSharedDurableConsumer(topic, "sub");

        assertEquals(List.of("1", "2"), texts(back, 2));
    }

    @Test
    void tellsSharedSubscriptionsOfClientIdsApart() throws Exception {
        Session mine = started("jms.clientID=mine").createSession();
        Session nobodys = started().createSession();
        Topic topic = topic(mine);
        MessageConsumer one = mine.createSharedConsumer(topic, "sub");
        MessageConsumer two = nobodys.createSharedConsumer(topic, "sub");
        send(topic, "1");

        assertEquals(List.of("1"), texts(one, 1));
        assertEquals(List.of("1"), texts(two, 1));
    }

    @Test
    void refusesASharedNameWithAnotherTopicOrSelectorWhileActive() throws Exception {
        Session session = started().createSession();
        Topic topic = topic(session);
        Topic other = session.createTopic("other");
        session.createSharedConsumer(topic, "sub", "n = 1");
        session.createSharedDurableConsumer(topic, "sub", "n = 1");

        assertThrows(JMSException.class, () -> session.createSharedConsumer(topic, "sub"));
        assertThrows(JMSException.class, () -> session.createSharedConsumer(other, "sub", "n = 1"));
        assertThrows(JMSException.class, () -> session.createSharedDurableConsumer(topic, "sub"));
        assertThrows(
                JMSException.class,
                () -> session.createSharedDurableConsumer(other, "sub", "n = 1"));
        session.createSharedConsumer(topic, "sub", "n = 1");
        session.createSharedDurableConsumer(topic, "sub", "n = 1");
    }

    @Test
    void checksItsArguments() throws Exception {
        Session session = started("jms.clientID=mine").createSession();
        Topic topic = topic(session);
        assertThrows(
                InvalidDestinationException.class, () -> session.createSharedConsumer(null, "s"));
        assertThrows(
                InvalidDestinationException.class, () -> session.createDurableConsumer(null, "s"));
        assertThrows(
                InvalidDestinationException.class,
                () -> session.createSharedDurableConsumer(null, "s"));
        assertThrows(JMSException.class, () -> session.createSharedConsumer(topic, null));
        assertThrows(JMSException.class, () -> session.createDurableConsumer(topic, ""));
        assertThrows(
                InvalidSelectorException.class,
                () -> session.createSharedConsumer(topic, "s", "="));
        assertThrows(
                InvalidDestinationException.class,
                () -> session.createDurableConsumer(session.createTemporaryTopic(), "s"));
        assertThrows(InvalidDestinationException.class, () -> session.unsubscribe("none"));
        assertThrows(InvalidDestinationException.class, () -> session.unsubscribe(null));
    }
}
