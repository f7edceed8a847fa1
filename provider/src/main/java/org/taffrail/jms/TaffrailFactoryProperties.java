// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import org.taffrail.link.ConnectionOptions;

/**
 * The properties of a connection factory as a bean: one for each of {@link ConnectionOptions}. They
 * win over what the factory's URL says of the same, in whatever order they are set: one that is not
 * understood or out of bounds is refused with an {@link IllegalArgumentException} when it is set,
 * one that means nothing with the URL, such as {@code randomize} where nothing reconnects, when a
 * connection is made. The page {@code docs/options.md} tells their meaning, bounds and defaults.
 */
public abstract sealed class TaffrailFactoryProperties extends TaffrailTransportProperties
        permits TaffrailConnectionFactory {
    private static final long serialVersionUID = 1L;

    TaffrailFactoryProperties(String url) {
        super(url);
    }

    /**
     * Returns the user who connects.
     *
     * @return the user, null for anonymous
     */
    public String getUser() {
        return settings.get(ConnectionOptions.USERNAME);
    }

    /**
     * Sets the user who connects where {@code createConnection} names none.
     *
     * @param user the user; null takes the property back
     */
    public void setUser(String user) {
        set(ConnectionOptions.USERNAME, user);
    }

    /**
     * Returns the password of {@link #getUser()}.
     *
     * @return the password or null
     */
    public String getPassword() {
        return settings.get(ConnectionOptions.PASSWORD);
    }

    /**
     * Sets the password of {@link #setUser}.
     *
     * @param password the password; null takes the property back
     */
    public void setPassword(String password) {
        set(ConnectionOptions.PASSWORD, password);
    }

    /**
     * Returns the client id of every connection.
     *
     * @return the client id or null
     */
    public String getClientID() {
        return settings.get(ConnectionOptions.CLIENT_ID);
    }

    /**
     * Sets the client id of every connection, which the application then can't set. Only one
     * connection at a time can have it.
     *
     * @param clientID the client id; null takes the property back
     */
    public void setClientID(String clientID) {
        set(ConnectionOptions.CLIENT_ID, clientID);
    }

    /** {@return {@code jms.populateJMSXUserID}, true or false} */
    public boolean isPopulateJMSXUserID() {
        return settings.get(ConnectionOptions.POPULATE_USER_ID);
    }

    /**
     * Sets {@code jms.populateJMSXUserID}.
     *
     * @param populateJMSXUserID true or false
     */
    public void setPopulateJMSXUserID(boolean populateJMSXUserID) {
        set(ConnectionOptions.POPULATE_USER_ID, String.valueOf(populateJMSXUserID));
    }

    /** {@return {@code jms.importMessages}, true or false} */
    public boolean isImportMessages() {
        return settings.get(ConnectionOptions.IMPORT);
    }

    /**
     * Sets {@code jms.importMessages}.
     *
     * @param importMessages true or false
     */
    public void setImportMessages(boolean importMessages) {
        set(ConnectionOptions.IMPORT, String.valueOf(importMessages));
    }

    /** {@return {@code jms.applicationID}, the text or null} */
    public String getApplicationID() {
        return settings.get(ConnectionOptions.APPLICATION_ID);
    }

    /**
     * Sets {@code jms.applicationID}.
     *
     * @param applicationID the text; null takes the property back
     */
    public void setApplicationID(String applicationID) {
        set(ConnectionOptions.APPLICATION_ID, applicationID);
    }

    /** {@return {@code jms.populateJMSXRcvTimestamp}, true or false} */
    public boolean isPopulateJMSXRcvTimestamp() {
        return settings.get(ConnectionOptions.POPULATE_RECEIVE_TIMESTAMP);
    }

    /**
     * Sets {@code jms.populateJMSXRcvTimestamp}.
     *
     * @param populateJMSXRcvTimestamp true or false
     */
    public void setPopulateJMSXRcvTimestamp(boolean populateJMSXRcvTimestamp) {
        set(ConnectionOptions.POPULATE_RECEIVE_TIMESTAMP, String.valueOf(populateJMSXRcvTimestamp));
    }

    /** {@return {@code jms.prefetch}, messages} */
    public int getPrefetch() {
        return settings.get(ConnectionOptions.PREFETCH);
    }

    /**
     * Sets {@code jms.prefetch}.
     *
     * @param prefetch messages
     */
    public void setPrefetch(int prefetch) {
        set(ConnectionOptions.PREFETCH, String.valueOf(prefetch));
    }

    /** {@return {@code jms.prefetchBytes}, bytes} */
    public int getPrefetchBytes() {
        return settings.get(ConnectionOptions.PREFETCH_BYTES);
    }

    /**
     * Sets {@code jms.prefetchBytes}.
     *
     * @param prefetchBytes bytes
     */
    public void setPrefetchBytes(int prefetchBytes) {
        set(ConnectionOptions.PREFETCH_BYTES, String.valueOf(prefetchBytes));
    }

    /** {@return {@code jms.sendTimeoutMs}, ms} */
    public int getSendTimeoutMs() {
        return settings.get(ConnectionOptions.SEND_TIMEOUT_MS);
    }

    /**
     * Sets {@code jms.sendTimeoutMs}.
     *
     * @param sendTimeoutMs ms
     */
    public void setSendTimeoutMs(int sendTimeoutMs) {
        set(ConnectionOptions.SEND_TIMEOUT_MS, String.valueOf(sendTimeoutMs));
    }

    /** {@return {@code jms.requestTimeoutMs}, ms} */
    public int getRequestTimeoutMs() {
        return settings.get(ConnectionOptions.REQUEST_TIMEOUT_MS);
    }

    /**
     * Sets {@code jms.requestTimeoutMs}.
     *
     * @param requestTimeoutMs ms
     */
    public void setRequestTimeoutMs(int requestTimeoutMs) {
        set(ConnectionOptions.REQUEST_TIMEOUT_MS, String.valueOf(requestTimeoutMs));
    }

    /** {@return {@code jms.closeTimeoutMs}, ms} */
    public int getCloseTimeoutMs() {
        return settings.get(ConnectionOptions.CLOSE_TIMEOUT_MS);
    }

    /**
     * Sets {@code jms.closeTimeoutMs}.
     *
     * @param closeTimeoutMs ms
     */
    public void setCloseTimeoutMs(int closeTimeoutMs) {
        set(ConnectionOptions.CLOSE_TIMEOUT_MS, String.valueOf(closeTimeoutMs));
    }

    /** {@return {@code jms.forceAsyncSend}, true or false} */
    public boolean isForceAsyncSend() {
        return settings.get(ConnectionOptions.FORCE_ASYNC_SEND);
    }

    /**
     * Sets {@code jms.forceAsyncSend}.
     *
     * @param forceAsyncSend true or false
     */
    public void setForceAsyncSend(boolean forceAsyncSend) {
        set(ConnectionOptions.FORCE_ASYNC_SEND, String.valueOf(forceAsyncSend));
    }

    /** {@return {@code jms.forceSyncSend}, true or false} */
    public boolean isForceSyncSend() {
        return settings.get(ConnectionOptions.FORCE_SYNC_SEND);
    }

    /**
     * Sets {@code jms.forceSyncSend}.
     *
     * @param forceSyncSend true or false
     */
    public void setForceSyncSend(boolean forceSyncSend) {
        set(ConnectionOptions.FORCE_SYNC_SEND, String.valueOf(forceSyncSend));
    }

    /** {@return {@code jms.sendAcksAsync}, true or false} */
    public boolean isSendAcksAsync() {
        return settings.get(ConnectionOptions.SEND_ACKS_ASYNC);
    }

    /**
     * Sets {@code jms.sendAcksAsync}.
     *
     * @param sendAcksAsync true or false
     */
    public void setSendAcksAsync(boolean sendAcksAsync) {
        set(ConnectionOptions.SEND_ACKS_ASYNC, String.valueOf(sendAcksAsync));
    }

    /** {@return {@code jms.useCompression}, true or false} */
    public boolean isUseCompression() {
        return settings.get(ConnectionOptions.USE_COMPRESSION);
    }

    /**
     * Sets {@code jms.useCompression}.
     *
     * @param useCompression true or false
     */
    public void setUseCompression(boolean useCompression) {
        set(ConnectionOptions.USE_COMPRESSION, String.valueOf(useCompression));
    }

    /** {@return {@code jms.compressionMinBytes}, bytes} */
    public int getCompressionMinBytes() {
        return settings.get(ConnectionOptions.COMPRESSION_MIN_BYTES);
    }

    /**
     * Sets {@code jms.compressionMinBytes}.
     *
     * @param compressionMinBytes bytes
     */
    public void setCompressionMinBytes(int compressionMinBytes) {
        set(ConnectionOptions.COMPRESSION_MIN_BYTES, String.valueOf(compressionMinBytes));
    }

    /** {@return {@code jms.deserializationAllowList}, the text or null} */
    public String getDeserializationAllowList() {
        return settings.get(ConnectionOptions.DESERIALIZATION_ALLOW_LIST);
    }

    /**
     * Sets {@code jms.deserializationAllowList}.
     *
     * @param deserializationAllowList the text; null takes the property back
     */
    public void setDeserializationAllowList(String deserializationAllowList) {
        set(ConnectionOptions.DESERIALIZATION_ALLOW_LIST, deserializationAllowList);
    }

    /** {@return {@code failover.initialReconnectDelayMs}, ms} */
    public int getInitialReconnectDelayMs() {
        return settings.get(ConnectionOptions.INITIAL_RECONNECT_DELAY_MS);
    }

    /**
     * Sets {@code failover.initialReconnectDelayMs}.
     *
     * @param initialReconnectDelayMs ms
     */
    public void setInitialReconnectDelayMs(int initialReconnectDelayMs) {
        set(ConnectionOptions.INITIAL_RECONNECT_DELAY_MS, String.valueOf(initialReconnectDelayMs));
    }

    /** {@return {@code failover.maxReconnectDelayMs}, ms} */
    public int getMaxReconnectDelayMs() {
        return settings.get(ConnectionOptions.MAX_RECONNECT_DELAY_MS);
    }

    /**
     * Sets {@code failover.maxReconnectDelayMs}.
     *
     * @param maxReconnectDelayMs ms
     */
    public void setMaxReconnectDelayMs(int maxReconnectDelayMs) {
        set(ConnectionOptions.MAX_RECONNECT_DELAY_MS, String.valueOf(maxReconnectDelayMs));
    }

    /** {@return {@code failover.reconnectBackOffMultiplier}, the factor} */
    public double getReconnectBackOffMultiplier() {
        return settings.get(ConnectionOptions.RECONNECT_BACK_OFF_MULTIPLIER);
    }

    /**
     * Sets {@code failover.reconnectBackOffMultiplier}.
     *
     * @param reconnectBackOffMultiplier the factor
     */
    public void setReconnectBackOffMultiplier(double reconnectBackOffMultiplier) {
        set(
                ConnectionOptions.RECONNECT_BACK_OFF_MULTIPLIER,
                String.valueOf(reconnectBackOffMultiplier));
    }

    /** {@return {@code failover.maxReconnectAttempts}, rounds} */
    public int getMaxReconnectAttempts() {
        return settings.get(ConnectionOptions.MAX_RECONNECT_ATTEMPTS);
    }

    /**
     * Sets {@code failover.maxReconnectAttempts}.
     *
     * @param maxReconnectAttempts rounds
     */
    public void setMaxReconnectAttempts(int maxReconnectAttempts) {
        set(ConnectionOptions.MAX_RECONNECT_ATTEMPTS, String.valueOf(maxReconnectAttempts));
    }

    /** {@return {@code failover.startupMaxReconnectAttempts}, rounds} */
    public int getStartupMaxReconnectAttempts() {
        return settings.get(ConnectionOptions.STARTUP_MAX_RECONNECT_ATTEMPTS);
    }

    /**
     * Sets {@code failover.startupMaxReconnectAttempts}.
     *
     * @param startupMaxReconnectAttempts rounds
     */
    public void setStartupMaxReconnectAttempts(int startupMaxReconnectAttempts) {
        set(
                ConnectionOptions.STARTUP_MAX_RECONNECT_ATTEMPTS,
                String.valueOf(startupMaxReconnectAttempts));
    }

    /** {@return {@code failover.reconnectTimeoutMs}, ms} */
    public int getReconnectTimeoutMs() {
        return settings.get(ConnectionOptions.RECONNECT_TIMEOUT_MS);
    }

    /**
     * Sets {@code failover.reconnectTimeoutMs}.
     *
     * @param reconnectTimeoutMs ms
     */
    public void setReconnectTimeoutMs(int reconnectTimeoutMs) {
        set(ConnectionOptions.RECONNECT_TIMEOUT_MS, String.valueOf(reconnectTimeoutMs));
    }

    /** {@return {@code failover.startupTimeoutMs}, ms} */
    public int getStartupTimeoutMs() {
        return settings.get(ConnectionOptions.STARTUP_TIMEOUT_MS);
    }

    /**
     * Sets {@code failover.startupTimeoutMs}.
     *
     * @param startupTimeoutMs ms
     */
    public void setStartupTimeoutMs(int startupTimeoutMs) {
        set(ConnectionOptions.STARTUP_TIMEOUT_MS, String.valueOf(startupTimeoutMs));
    }

    /** {@return {@code failover.randomize}, true or false} */
    public boolean isRandomize() {
        return settings.get(ConnectionOptions.RANDOMIZE);
    }

    /**
     * Sets {@code failover.randomize}.
     *
     * @param randomize true or false
     */
    public void setRandomize(boolean randomize) {
        set(ConnectionOptions.RANDOMIZE, String.valueOf(randomize));
    }
}
