// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jms.listener.SessionAwareMessageListener;
import org.springframework.jms.listener.adapter.JmsResponse;
import org.springframework.jms.listener.adapter.MessageListenerAdapter;
import org.springframework.jms.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.jms.support.JmsHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.support.DefaultMessageHandlerMethodFactory;
import org.springframework.messaging.support.MessageBuilder;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Spring's adapters, which call plain objects with what is in a message and send their results. */
@Tag("real-clients")
class MessageListenerAdapterIT {
    @RegisterExtension static final ServerUnderTest SERVER = new ServerUnderTest();

    private Witness witness;
    private Containers containers;

    @BeforeEach
    void makeContainers() {
        witness = SERVER.witness();
        containers = new Containers(SERVER.connectionFactory());
    }

    @AfterEach
    void shutContainersDown() {
        containers.close();
    }

    /** The plain objects that the adapters call. */
    public static final class Desk {
        private final CompletableFuture<Map<?, ?>> order = new CompletableFuture<>();

        /** Is called with the body of a TextMessage. */
        public String answer(String question) {
            return "an answer to " + question;
        }

        /** Is called with the body of a MapMessage. */
        public void take(Map<?, ?> taken) {
            order.complete(taken);
        }

        /** Is called with a message of Spring's own, and answers with one. */
        public org.springframework.messaging.Message<String> quote(
                org.springframework.messaging.Message<String> question,
                @Header(JmsHeaders.CORRELATION_ID) String correlationId,
                @Header("colour") String colour,
                Session session)
                throws JMSException {
            return MessageBuilder.withPayload("a price for " + colour + " " + question.getPayload())
                    .setHeader("asked", correlationId)
                    .setHeader("transacted", session.getTransacted())
                    .build();
        }

        /** Says itself where its answer goes. */
        public JmsResponse<String> forward(String text) {
            return JmsResponse.forQueue("[" + text + "]", "adapter.forwarded");
        }
    }

    private static SessionAwareMessageListener<Message> calling(Desk desk, String method) {
        MessageListenerAdapter adapter = new MessageListenerAdapter(desk);
        adapter.setDefaultListenerMethod(method);
        return adapter;
    }

    private static SessionAwareMessageListener<Message> handling(
            Desk desk, String method, Class<?>... types) throws NoSuchMethodException {
        DefaultMessageHandlerMethodFactory methods = new DefaultMessageHandlerMethodFactory();
        methods.setBeanFactory(new StaticApplicationContext());
        methods.afterPropertiesSet();
        MessagingMessageListenerAdapter adapter = new MessagingMessageListenerAdapter();
        adapter.setHandlerMethod(
                methods.createInvocableHandlerMethod(desk, Desk.class.getMethod(method, types)));
        return adapter;
    }

    @Test
    void callsAMethodWithTheTextAndRepliesWithItsResult() {
        containers.polling("adapter.questions", c -> {}, calling(new Desk(), "answer"));

        assertEquals("an answer to rope", witness.ask("adapter.questions", "rope"));
    }

    @Test
    void callsAMethodWithTheMap() throws Exception {
        Desk desk = new Desk();
        containers.polling("adapter.orders", c -> {}, calling(desk, "take"));

        try (var context = SERVER.connectionFactory().createContext()) {
            context.createProducer()
                    .send(context.createQueue("adapter.orders"), Map.of("item", "rope", "feet", 9));
        }

        Map<?, ?> order = desk.order.get(20, TimeUnit.SECONDS);
        assertEquals("rope", order.get("item"));
        assertEquals(9, order.get("feet"));
    }

    @Test
    void givesHeadersAndSessionAndSendsTheHeadersOfTheAnswer() throws Exception {
        containers.pushed(
                "adapter.quotes",
                container -> container.setSessionTransacted(true),
                handling(
                        new Desk(),
                        "quote",
                        org.springframework.messaging.Message.class,
                        String.class,
                        String.class,
                        Session.class));

        try (var context = SERVER.connectionFactory().createContext()) {
            var replies = context.createTemporaryQueue();
            context.createProducer()
                    .setJMSReplyTo(replies)
                    .setJMSCorrelationID("question 7")
                    .setProperty("colour", "red")
                    .send(context.createQueue("adapter.quotes"), "rope");
            Message reply = context.createConsumer(replies).receive(20_000);

            assertEquals("a price for red rope", Witness.textOf(reply));
            assertEquals("question 7", reply.getStringProperty("asked"));
            assertEquals("question 7", reply.getJMSCorrelationID());
            assertEquals(true, reply.getBooleanProperty("transacted"));
        }
        witness.seesNothingIn("adapter.quotes");
    }

    @Test
    void sendsAnAnswerToWhereItSays() throws Exception {
        containers.polling(
                "adapter.forwards", c -> {}, handling(new Desk(), "forward", String.class));

        witness.send("adapter.forwards", "rope");

        assertEquals("[rope]", witness.takeText("adapter.forwarded"));
    }
}
