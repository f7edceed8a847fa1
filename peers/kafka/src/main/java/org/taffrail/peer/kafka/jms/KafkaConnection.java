// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.kafka.jms;

import jakarta.jms.ConnectionMetaData;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

import org.apache.kafka.common.utils.internals.AppInfoParser;

import java.util.ArrayList;
import java.util.List;

/**
 * The methods of {@code Connection}: what its sessions have in common. Kafka's producers and
 * consumers each have connections of their own.
 */
final class KafkaConnection {
    private final Settings settings;
    private final Topics topics;
    private final List<KafkaSession> sessions = new ArrayList<>();
    private String clientId = "";
    private volatile ExceptionListener exceptionListener = failure -> {};

    KafkaConnection(Settings settings, Topics topics) {
        this.settings = settings;
        this.topics = topics;
    }

    Settings settings() {
        return settings;
    }

    Topics topics() {
        return topics;
    }

    /** Empty unless it was set. */
    String clientId() {
        return clientId;
    }

    void setClientID(String id) {
        clientId = id;
    }

    void failed(JMSException failure) {
        exceptionListener.onException(failure);
    }

    void setExceptionListener(ExceptionListener listener) {
        exceptionListener = listener;
    }

    ConnectionMetaData getMetaData() {
        return Facade.of(ConnectionMetaData.class, new Product());
    }

    Session createSession(int mode) {
        KafkaSession session = new KafkaSession(this, mode);
        sessions.add(session);
        return Facade.of(Session.class, session);
    }

    void start() throws JMSException {
        for (KafkaSession session : sessions) {
            session.start();
        }
    }

    void stop() throws JMSException {
        for (KafkaSession session : sessions) {
            session.stop();
        }
    }

    void close() throws JMSException {
        for (KafkaSession session : sessions) {
            session.close();
        }
        sessions.clear();
    }

    /** The methods of {@code ConnectionMetaData}. */
    private static final class Product {
        String getJMSProviderName() {
            return "Apache Kafka";
        }

        String getProviderVersion() {
            return AppInfoParser.getVersion();
        }
    }
}
