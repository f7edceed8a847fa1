// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.ConnectionConsumer;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueSession;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import jakarta.jms.TopicConnection;
import jakarta.jms.TopicSession;

import org.taffrail.link.ConnectionOptions;
import org.taffrail.wire.ErrorCode;

import java.util.ArrayList;
import java.util.List;

/**
 * A connection of the classic API: also a queue connection and a topic connection, which differ in
 * the sessions they make.
 */
class TaffrailConnection implements QueueConnection, TopicConnection, ObservableConnection {
    private final ConnectionCore core;

    TaffrailConnection(ConnectionCore core) {
        this.core = core;
    }

    /** A connection that refuses what only a topic connection does. */
    static final class ForQueues extends TaffrailConnection {
        ForQueues(ConnectionCore core) {
            super(core);
        }

        @Override
        JMSException noConnectionConsumers(boolean ofTopic) throws JMSException {
            return ofTopic
                    ? new IllegalStateException("a queue connection knows no subscriptions")
                    : super.noConnectionConsumers(false);
        }
    }

    /** Returns the connection itself, if it is not closed. */
    final ConnectionCore open() throws JMSException {
        core.checkOpen();
        return core;
    }

    @Override
    public Session createSession(boolean transacted, int acknowledgeMode) throws JMSException {
        open();
        return new TaffrailSession(core.createSession(SessionMode.of(transacted, acknowledgeMode)));
    }

    @Override
    public Session createSession(int sessionMode) throws JMSException {
        open();
        return new TaffrailSession(core.createSession(SessionMode.of(sessionMode)));
    }

    @Override
    public Session createSession() throws JMSException {
        return createSession(Session.AUTO_ACKNOWLEDGE);
    }

    @Override
    public QueueSession createQueueSession(boolean transacted, int acknowledgeMode)
            throws JMSException {
        open();
        return new TaffrailQueueSession(
                core.createSession(SessionMode.of(transacted, acknowledgeMode)));
    }

    @Override
    public TopicSession createTopicSession(boolean transacted, int acknowledgeMode)
            throws JMSException {
        open();
        return new TaffrailTopicSession(
                core.createSession(SessionMode.of(transacted, acknowledgeMode)));
    }

    @Override
    public String getClientID() throws JMSException {
        return open().clientId();
    }

    @Override
    public void setClientID(String clientID) throws JMSException {
        core.setClientId(clientID);
    }

    @Override
    public ConnectionMetaData getMetaData() throws JMSException {
        core.touch();
        return metaData(core.options());
    }

    /** Says of each property that is set on request whether this connection sets it. */
    static ConnectionMetaData metaData(ConnectionOptions options) {
        List<String> alsoSet = new ArrayList<>();
        if (options.get(ConnectionOptions.POPULATE_USER_ID)
                && options.get(ConnectionOptions.USERNAME) != null) {
            alsoSet.add("JMSXUserID");
        }
        if (options.get(ConnectionOptions.APPLICATION_ID) != null) {
            alsoSet.add("JMSXAppID");
        }
        if (options.get(ConnectionOptions.POPULATE_RECEIVE_TIMESTAMP)) {
            alsoSet.add("JMSXRcvTimestamp");
        }
        return new TaffrailConnectionMetaData(alsoSet);
    }

    @Override
    public ExceptionListener getExceptionListener() throws JMSException {
        core.touch();
        return core.exceptionListener();
    }

    @Override
    public void setExceptionListener(ExceptionListener listener) throws JMSException {
        core.touch();
        core.setExceptionListener(listener);
    }

    @Override
    public void addStateListener(ConnectionStateListener listener) {
        core.states().add(listener);
    }

    @Override
    public void removeStateListener(ConnectionStateListener listener) {
        core.states().remove(listener);
    }

    @Override
    public void start() throws JMSException {
        core.start();
    }

    @Override
    public void stop() throws JMSException {
        core.stop();
    }

    @Override
    public void close() throws JMSException {
        core.close();
    }

    // ---- what is for application servers

    /** Makes the refusal of a connection consumer. */
    JMSException noConnectionConsumers(boolean ofTopic) throws JMSException {
        return JmsErrors.of(
                ErrorCode.NOT_SUPPORTED, "connection consumers, which are for application servers");
    }

    private ConnectionConsumer refuseConsumer(boolean ofTopic) throws JMSException {
        core.touch();
        throw noConnectionConsumers(ofTopic);
    }

    @Override
    public ConnectionConsumer createConnectionConsumer(
            Destination destination,
            String messageSelector,
            ServerSessionPool sessionPool,
            int maxMessages)
            throws JMSException {
        return refuseConsumer(false);
    }

    @Override
    public ConnectionConsumer createConnectionConsumer(
            Queue queue, String messageSelector, ServerSessionPool sessionPool, int maxMessages)
            throws JMSException {
        return refuseConsumer(false);
    }

    @Override
    public ConnectionConsumer createConnectionConsumer(
            Topic topic, String messageSelector, ServerSessionPool sessionPool, int maxMessages)
            throws JMSException {
        return refuseConsumer(true);
    }

    @Override
    public ConnectionConsumer createSharedConnectionConsumer(
            Topic topic,
            String subscriptionName,
            String messageSelector,
            ServerSessionPool sessionPool,
            int maxMessages)
            throws JMSException {
        return refuseConsumer(true);
    }

    @Override
    public ConnectionConsumer createDurableConnectionConsumer(
            Topic topic,
            String subscriptionName,
            String messageSelector,
            ServerSessionPool sessionPool,
            int maxMessages)
            throws JMSException {
        return refuseConsumer(true);
    }

    @Override
    public ConnectionConsumer createSharedDurableConnectionConsumer(
            Topic topic,
            String subscriptionName,
            String messageSelector,
            ServerSessionPool sessionPool,
            int maxMessages)
            throws JMSException {
        return refuseConsumer(true);
    }
}
