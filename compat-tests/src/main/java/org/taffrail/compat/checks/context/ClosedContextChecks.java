// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.context;

import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.Scene;

/** What the methods of a closed context answer, apart from those for destinations. */
final class ClosedContextChecks {
    /** A call of a context. */
    private interface Call {
        void on(JMSContext context) throws JMSException;
    }

    private static void refused(Scene scene, int mode, String method, Call call) {
        JMSContext context = scene.context(mode);

        context.close();

        Expect.refused(
                IllegalStateRuntimeException.class,
                method + " of a closed context",
                () -> call.on(context));
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from createContext.")
    void createContext(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createContext",
                context -> context.createContext(JMSContext.AUTO_ACKNOWLEDGE));
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from " + "createProducer.")
    void createProducer(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createProducer",
                context -> context.createProducer());
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from getClientID.")
    void getClientId(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "getClientID",
                context -> context.getClientID());
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from setClientID.")
    void setClientId(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "setClientID",
                context -> context.setClientID("id"));
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from getMetaData.")
    void getMetaData(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "getMetaData",
                context -> context.getMetaData());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " getExceptionListener.")
    void getExceptionListener(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "getExceptionListener",
                context -> context.getExceptionListener());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " setExceptionListener.")
    void setExceptionListener(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "setExceptionListener",
                context -> context.setExceptionListener(failure -> {}));
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from start.")
    void start(Scene scene) {
        refused(scene, JMSContext.AUTO_ACKNOWLEDGE, "start", context -> context.start());
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from stop.")
    void stop(Scene scene) {
        refused(scene, JMSContext.AUTO_ACKNOWLEDGE, "stop", context -> context.stop());
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from createMessage.")
    void createMessage(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createMessage",
                context -> context.createMessage());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createBytesMessage.")
    void createBytesMessage(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createBytesMessage",
                context -> context.createBytesMessage());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createMapMessage.")
    void createMapMessage(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createMapMessage",
                context -> context.createMapMessage());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createStreamMessage.")
    void createStreamMessage(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createStreamMessage",
                context -> context.createStreamMessage());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createObjectMessage.")
    void createObjectMessage(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createObjectMessage",
                context -> context.createObjectMessage());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createObjectMessage with an object.")
    void createObjectMessageWithObject(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createObjectMessage with an object",
                context -> context.createObjectMessage("a"));
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createTextMessage.")
    void createTextMessage(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createTextMessage",
                context -> context.createTextMessage());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed context throws IllegalStateRuntimeException from"
                            + " createTextMessage with a text.")
    void createTextMessageWithText(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "createTextMessage with a text",
                context -> context.createTextMessage("a"));
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from getTransacted.")
    void getTransacted(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "getTransacted",
                context -> context.getTransacted());
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from " + "getSessionMode.")
    void getSessionMode(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "getSessionMode",
                context -> context.getSessionMode());
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from recover.")
    void recover(Scene scene) {
        refused(scene, JMSContext.AUTO_ACKNOWLEDGE, "recover", context -> context.recover());
    }

    @Check(
            section = "6.1.8",
            says = "A closed context throws IllegalStateRuntimeException from acknowledge.")
    void acknowledge(Scene scene) {
        refused(
                scene,
                JMSContext.AUTO_ACKNOWLEDGE,
                "acknowledge",
                context -> context.acknowledge());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed transacted context throws IllegalStateRuntimeException from"
                            + " commit.")
    void commit(Scene scene) {
        refused(scene, JMSContext.SESSION_TRANSACTED, "commit", context -> context.commit());
    }

    @Check(
            section = "6.1.8",
            says =
                    "A closed transacted context throws IllegalStateRuntimeException from"
                            + " rollback.")
    void rollback(Scene scene) {
        refused(scene, JMSContext.SESSION_TRANSACTED, "rollback", context -> context.rollback());
    }
}
