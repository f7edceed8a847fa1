// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.context;

import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.Queue;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** What the consumers and producers of a closed context answer. */
final class ClosedContextPartsChecks {
    /** A call of a consumer. */
    private interface ConsumerCall {
        void on(JMSConsumer consumer) throws JMSException;
    }

    private static void refusedByConsumer(Scene scene, String method, ConsumerCall call) {
        JMSContext context = scene.context();
        JMSConsumer consumer = context.createConsumer(scene.queue());

        context.close();

        Expect.refused(
                IllegalStateRuntimeException.class,
                method + " after the close of the context",
                () -> call.on(consumer));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed context throws IllegalStateRuntimeException from"
                            + " receive.")
    void consumerRefusesReceive(Scene scene) {
        refusedByConsumer(scene, "receive", consumer -> consumer.receive());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed context throws IllegalStateRuntimeException from"
                            + " receive with a timeout.")
    void consumerRefusesTimedReceive(Scene scene) {
        refusedByConsumer(scene, "receive with a timeout", consumer -> consumer.receive(1));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed context throws IllegalStateRuntimeException from"
                            + " receiveNoWait.")
    void consumerRefusesReceiveNoWait(Scene scene) {
        refusedByConsumer(scene, "receiveNoWait", consumer -> consumer.receiveNoWait());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed context throws IllegalStateRuntimeException from"
                            + " receiveBody.")
    void consumerRefusesReceiveBody(Scene scene) {
        refusedByConsumer(scene, "receiveBody", consumer -> consumer.receiveBody(String.class));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed context throws IllegalStateRuntimeException from"
                            + " receiveBody with a timeout.")
    void consumerRefusesTimedReceiveBody(Scene scene) {
        refusedByConsumer(
                scene,
                "receiveBody with a timeout",
                consumer -> consumer.receiveBody(String.class, 1));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed context throws IllegalStateRuntimeException from"
                            + " receiveBodyNoWait.")
    void consumerRefusesReceiveBodyNoWait(Scene scene) {
        refusedByConsumer(
                scene, "receiveBodyNoWait", consumer -> consumer.receiveBodyNoWait(String.class));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed context throws IllegalStateRuntimeException from"
                            + " getMessageListener.")
    void consumerRefusesGetMessageListener(Scene scene) {
        refusedByConsumer(scene, "getMessageListener", consumer -> consumer.getMessageListener());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed context throws IllegalStateRuntimeException from"
                            + " setMessageListener.")
    void consumerRefusesSetMessageListener(Scene scene) {
        refusedByConsumer(
                scene,
                "setMessageListener",
                consumer -> consumer.setMessageListener(message -> {}));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A consumer of a closed context throws IllegalStateRuntimeException from"
                            + " getMessageSelector.")
    void consumerRefusesGetMessageSelector(Scene scene) {
        refusedByConsumer(scene, "getMessageSelector", consumer -> consumer.getMessageSelector());
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed context throws IllegalStateRuntimeException from"
                            + " send.")
    void producerRefusesSend(Scene scene) {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        JMSProducer producer = context.createProducer();

        context.close();

        Expect.refused(
                IllegalStateRuntimeException.class,
                "send after the close of the context",
                () -> producer.send(queue, "a"));
    }

    @Check(
            section = "6.2.15",
            says =
                    "A producer of a closed context throws IllegalStateRuntimeException from"
                            + " the send of a message.")
    void producerRefusesMessage(Scene scene) {
        JMSContext context = scene.context();
        Queue queue = scene.queue();
        Message message = context.createMessage();
        JMSProducer producer = context.createProducer();

        context.close();

        Expect.refused(
                IllegalStateRuntimeException.class,
                "send after the close of the context",
                () -> producer.send(queue, message));
    }

    @Check(section = "6.2.15", says = "Closing the consumers of a closed context does nothing.")
    void consumersCloseQuietly(Scene scene) {
        JMSContext context = scene.context();
        JMSConsumer consumer = context.createConsumer(scene.queue());

        context.close();

        consumer.close();
    }
}
