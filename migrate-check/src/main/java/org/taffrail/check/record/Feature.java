// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.record;

/**
 * What an application can use of JMS, as it is counted. The names stand in files: one that is there
 * keeps its meaning. Some are counted for each of several details, which their comments name.
 */
public enum Feature {
    /** A connection factory was wrapped; by its class. */
    FACTORY,
    /** The provider behind a connection; by name, version and version of JMS, tab between. */
    PROVIDER,
    /** A connection was made. */
    CONNECTION,
    /** A connection or context was made with user and password. */
    CREDENTIALS,
    /** A connection for global transactions was made. */
    XA_CONNECTION,
    /** A context was made; by its session mode. */
    CONTEXT,
    /** The application has set a client id. */
    CLIENT_ID,
    /** An exception listener was set. */
    EXCEPTION_LISTENER,
    /** A connection consumer was made, as application servers do; by the method. */
    CONNECTION_CONSUMER,
    /** A session was made; by its mode. */
    SESSION,
    /** A listener was set for a whole session, as application servers do. */
    SESSION_LISTENER,
    /** A transaction was committed. */
    COMMIT,
    /** A transaction was rolled back. */
    ROLLBACK,
    /** A session was asked to deliver again what is not acknowledged. */
    RECOVER,
    /** A context has acknowledged. */
    CONTEXT_ACKNOWLEDGE,
    /** A producer was made for one destination. */
    PRODUCER,
    /** A producer was made for any destination. */
    ANONYMOUS_PRODUCER,
    /** A consumer was made. */
    CONSUMER,
    /** A consumer or browser was made with a selector; by its text. */
    SELECTOR,
    /** A consumer was made that does not want what its own connection sends. */
    NO_LOCAL,
    /** A durable subscription was opened; by its name. */
    DURABLE_SUBSCRIPTION,
    /** A shared subscription was opened; by its name. */
    SHARED_SUBSCRIPTION,
    /** A shared durable subscription was opened; by its name. */
    SHARED_DURABLE_SUBSCRIPTION,
    /** A durable subscription was ended. */
    UNSUBSCRIBE,
    /** A browser was made. */
    BROWSER,
    /** A temporary queue was made. */
    TEMPORARY_QUEUE,
    /** A temporary topic was made. */
    TEMPORARY_TOPIC,
    /** A message was sent with a completion listener. */
    ASYNC_SEND,
    /** A message was sent with a delivery delay. */
    DELIVERY_DELAY,
    /** A message was sent that expires. */
    TIME_TO_LIVE,
    /** A message was sent with another priority than 4; by the priority. */
    PRIORITY,
    /** A message was sent non-persistent. */
    NON_PERSISTENT,
    /** Message ids were disabled. */
    MESSAGE_ID_DISABLED,
    /** Timestamps were disabled. */
    TIMESTAMP_DISABLED,
    /** A listener was set. */
    LISTENER,
    /** A listener was set in a session of a global transaction. */
    LISTENER_IN_XA,
    /** A receive that waits for ever. */
    RECEIVE,
    /** A receive with a time limit; by the limit, in ms. */
    RECEIVE_TIMEOUT,
    /** A receive that does not wait. */
    RECEIVE_NO_WAIT,
    /** A receive has brought nothing. */
    RECEIVE_EMPTY,
    /** A body was received without its message; by its class. */
    RECEIVE_BODY,
    /** A message has come again. */
    REDELIVERED,
    /** A message was sent that wants a reply; by the kind of destination for it. */
    REPLY_TO,
    /** A message was sent with a correlation id. */
    CORRELATION_ID,
    /** A message was sent with a JMSType. */
    JMS_TYPE,
    /** A property was sent; by name and class of the value, tab between. */
    PROPERTY_SENT,
    /** A property was received, in a sample of the messages; by name. */
    PROPERTY_RECEIVED,
    /** An object was put into a message; by its class. */
    OBJECT_SENT,
    /** A class that such an object may hold, by the declared types of fields; by name. */
    OBJECT_REACHES,
    /** An object message was received. */
    OBJECT_RECEIVED,
    /** A resource took part in a branch. */
    XA_START,
    /** A branch was prepared. */
    XA_PREPARE,
    /** A branch was committed; by one-phase and two-phase. */
    XA_COMMIT,
    /** A branch was rolled back. */
    XA_ROLLBACK,
    /** Prepared branches were asked for. */
    XA_RECOVER,
    /** A factory was looked up in JNDI; by its name there. */
    JNDI_FACTORY,
    /** A queue was looked up in JNDI; by its name there and its own, tab between. */
    JNDI_QUEUE,
    /** A topic was looked up in JNDI; by its name there and its own, tab between. */
    JNDI_TOPIC,
    /** A call has thrown; by the call and the exception's class. */
    EXCEPTION,
    /** What was made by the provider could not be wrapped, and was passed on; by its class. */
    NOT_WRAPPED,
    /** Something could not be recorded; by the exception's class. */
    NOT_RECORDED
}
