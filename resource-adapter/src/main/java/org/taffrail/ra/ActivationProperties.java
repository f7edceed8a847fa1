// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

/**
 * The properties of an activation, as servers set them: by the names that Jakarta Messaging (13.1)
 * and the adapters of other providers give them. Nothing is checked here; {@link
 * TaffrailActivationSpec#validate} does.
 */
public abstract sealed class ActivationProperties permits TaffrailActivationSpec {
    private String destination;
    private String destinationLookup;
    private String destinationType;
    private Boolean useJNDI;
    private String connectionFactoryLookup;
    private String messageSelector;
    private String acknowledgeMode;
    private String subscriptionDurability;
    private String subscriptionName;
    private Boolean shareSubscriptions;
    private String clientId;
    private Integer maxSession;
    private Integer prefetch;
    private String brokerUrl;
    private String user;
    private String password;
    private Long initialReconnectDelayMs;
    private Long maxReconnectDelayMs;

    /** Makes properties that are not set. */
    ActivationProperties() {}

    /**
     * Returns what is consumed.
     *
     * @return as it was set, null before
     */
    public String getDestination() {
        return destination;
    }

    /**
     * Sets what is consumed.
     *
     * @param destination a queue or topic: the name at the broker, with options behind it or
     *     without. With {@code useJNDI}, or if it begins with {@code java:}, a name in the server's
     *     directory
     */
    public void setDestination(String destination) {
        this.destination = destination;
    }

    /**
     * Returns where the destination is looked up.
     *
     * @return as it was set, null before
     */
    public String getDestinationLookup() {
        return destinationLookup;
    }

    /**
     * Sets where the destination is looked up.
     *
     * @param destinationLookup a name in the server's directory; instead of {@code destination}
     */
    public void setDestinationLookup(String destinationLookup) {
        this.destinationLookup = destinationLookup;
    }

    /**
     * Returns the kind of destination.
     *
     * @return as it was set, null before
     */
    public String getDestinationType() {
        return destinationType;
    }

    /**
     * Sets the kind of destination.
     *
     * @param destinationType {@code jakarta.jms.Queue} or {@code jakarta.jms.Topic}; needed where
     *     the destination is not looked up
     */
    public void setDestinationType(String destinationType) {
        this.destinationType = destinationType;
    }

    /**
     * Returns whether {@code destination} is looked up.
     *
     * @return as it was set, null before
     */
    public Boolean getUseJNDI() {
        return useJNDI;
    }

    /**
     * Sets whether {@code destination} is looked up.
     *
     * @param useJNDI true or false (default)
     */
    public void setUseJNDI(Boolean useJNDI) {
        this.useJNDI = useJNDI;
    }

    /**
     * Returns where the connection factory is looked up.
     *
     * @return as it was set, null before
     */
    public String getConnectionFactoryLookup() {
        return connectionFactoryLookup;
    }

    /**
     * Sets where the connection factory is looked up.
     *
     * @param connectionFactoryLookup a name in the server's directory, of a connection factory of
     *     Taffrail; its URL and user hold instead of the adapter's
     */
    public void setConnectionFactoryLookup(String connectionFactoryLookup) {
        this.connectionFactoryLookup = connectionFactoryLookup;
    }

    /**
     * Returns which messages are consumed.
     *
     * @return as it was set, null before
     */
    public String getMessageSelector() {
        return messageSelector;
    }

    /**
     * Sets which messages are consumed.
     *
     * @param messageSelector a selector; null or empty for all
     */
    public void setMessageSelector(String messageSelector) {
        this.messageSelector = messageSelector;
    }

    /**
     * Returns how messages are acknowledged outside of transactions.
     *
     * @return as it was set, null before
     */
    public String getAcknowledgeMode() {
        return acknowledgeMode;
    }

    /**
     * Sets how messages are acknowledged outside of transactions.
     *
     * @param acknowledgeMode {@code Auto-acknowledge} (default) or {@code Dups-ok-acknowledge}
     */
    public void setAcknowledgeMode(String acknowledgeMode) {
        this.acknowledgeMode = acknowledgeMode;
    }

    /**
     * Returns whether a topic's subscription outlives the activation.
     *
     * @return as it was set, null before
     */
    public String getSubscriptionDurability() {
        return subscriptionDurability;
    }

    /**
     * Sets whether a topic's subscription outlives the activation.
     *
     * @param subscriptionDurability {@code Durable} or {@code NonDurable} (default)
     */
    public void setSubscriptionDurability(String subscriptionDurability) {
        this.subscriptionDurability = subscriptionDurability;
    }

    /**
     * Returns the name of a topic's subscription.
     *
     * @return as it was set, null before
     */
    public String getSubscriptionName() {
        return subscriptionName;
    }

    /**
     * Sets the name of a topic's subscription.
     *
     * @param subscriptionName the name; needed where the subscription is durable or shared
     */
    public void setSubscriptionName(String subscriptionName) {
        this.subscriptionName = subscriptionName;
    }

    /**
     * Returns whether the subscription is shared.
     *
     * @return as it was set, null before
     */
    public Boolean getShareSubscriptions() {
        return shareSubscriptions;
    }

    /**
     * Sets whether the subscription is shared.
     *
     * @param shareSubscriptions true: with other activations, also on other servers, of the same
     *     name and client id; false (default)
     */
    public void setShareSubscriptions(Boolean shareSubscriptions) {
        this.shareSubscriptions = shareSubscriptions;
    }

    /**
     * Returns the client id of the connection.
     *
     * @return as it was set, null before
     */
    public String getClientId() {
        return clientId;
    }

    /**
     * Sets the client id of the connection.
     *
     * @param clientId the client id; needed for a durable subscription that is not shared. One
     *     connection at a time can have it
     */
    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    /**
     * Returns how many messages are processed at a time.
     *
     * @return as it was set, null before
     */
    public Integer getMaxSession() {
        return maxSession;
    }

    /**
     * Sets how many messages are processed at a time.
     *
     * @param maxSession 1 to 1000; 15 if not set, 1 where the subscription is durable and not
     *     shared
     */
    public void setMaxSession(Integer maxSession) {
        this.maxSession = maxSession;
    }

    /**
     * Returns how many messages wait for a session that is busy.
     *
     * @return as it was set, null before
     */
    public Integer getPrefetch() {
        return prefetch;
    }

    /**
     * Sets how many messages wait for a session that is busy.
     *
     * @param prefetch 0 (default: a message goes to whoever is free first) to 1000000
     */
    public void setPrefetch(Integer prefetch) {
        this.prefetch = prefetch;
    }

    /**
     * Returns where the broker is.
     *
     * @return as it was set, null before
     */
    public String getBrokerUrl() {
        return brokerUrl;
    }

    /**
     * Sets where the broker is.
     *
     * @param brokerUrl a URL with options; null for the adapter's
     */
    public void setBrokerUrl(String brokerUrl) {
        this.brokerUrl = brokerUrl;
    }

    /**
     * Returns who connects.
     *
     * @return as it was set, null before
     */
    public String getUser() {
        return user;
    }

    /**
     * Sets who connects.
     *
     * @param user a user; null for the adapter's
     */
    public void setUser(String user) {
        this.user = user;
    }

    /**
     * Returns the user's password.
     *
     * @return as it was set, null before
     */
    public String getPassword() {
        return password;
    }

    /**
     * Sets the user's password.
     *
     * @param password the password of {@code user}
     */
    public void setPassword(String password) {
        this.password = password;
    }

    /**
     * Returns how long connecting waits after its first failure.
     *
     * @return as it was set, null before
     */
    public Long getInitialReconnectDelayMs() {
        return initialReconnectDelayMs;
    }

    /**
     * Sets how long connecting waits after its first failure.
     *
     * @param initialReconnectDelayMs ms, 1 to 3600000; 100 if not set. It doubles with each further
     *     failure
     */
    public void setInitialReconnectDelayMs(Long initialReconnectDelayMs) {
        this.initialReconnectDelayMs = initialReconnectDelayMs;
    }

    /**
     * Returns what that grows to.
     *
     * @return as it was set, null before
     */
    public Long getMaxReconnectDelayMs() {
        return maxReconnectDelayMs;
    }

    /**
     * Sets what that grows to.
     *
     * @param maxReconnectDelayMs ms, 1 to 3600000; 10000 if not set
     */
    public void setMaxReconnectDelayMs(Long maxReconnectDelayMs) {
        this.maxReconnectDelayMs = maxReconnectDelayMs;
    }

    /**
     * Returns {@code maxSession}, by the name that others give it.
     *
     * @return as it was set, null before
     */
    public Integer getMaxSessions() {
        return maxSession;
    }

    /**
     * Sets {@code maxSession}, by the name that others give it.
     *
     * @param maxSessions as there
     */
    public void setMaxSessions(Integer maxSessions) {
        this.maxSession = maxSessions;
    }

    /**
     * Returns {@code user}, by the name that others give it.
     *
     * @return as it was set, null before
     */
    public String getUserName() {
        return user;
    }

    /**
     * Sets {@code user}, by the name that others give it.
     *
     * @param userName as there
     */
    public void setUserName(String userName) {
        this.user = userName;
    }
}
