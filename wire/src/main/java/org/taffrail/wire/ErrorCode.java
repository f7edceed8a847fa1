// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire;

/**
 * Every way in which a broker or a client can say no. A code's number never changes and is never
 * reused; the symbol may be read by people and programs alike.
 *
 * <p>The provider turns codes into {@code JMSException}s in one table; the code's symbol becomes
 * the exception's error code.
 */
public enum ErrorCode {
    /** The peer speaks something else. */
    BAD_MAGIC(1, false, "the peer does not speak this protocol", "check host and port"),
    /** No protocol version is spoken by both sides. */
    UNSUPPORTED_VERSION(2, false, "no common protocol version", "upgrade the older side"),
    /** A frame or record does not follow the format. */
    MALFORMED(3, false, "a frame or record is malformed", "check that both sides are intact"),
    /** A length in a frame or record exceeds its limit. */
    FRAME_TOO_LARGE(4, false, "a frame is larger than agreed", "send less in one frame"),
    /** A mandatory frame, field or event is not known. */
    UNKNOWN_MANDATORY(5, false, "a mandatory element is unknown", "upgrade the older side"),
    /** A checksum does not match its bytes. */
    CORRUPT(6, false, "a checksum does not match", "look for a faulty disk or network path"),
    /** A frame came at a time when it is not allowed. */
    PROTOCOL_VIOLATION(7, false, "a frame is not allowed now", "report it: it is a defect"),
    /** The peer was silent for longer than agreed. */
    HEARTBEAT_TIMEOUT(8, true, "the peer was silent too long", "check the network and the load"),

    /** User or password is wrong, or none was given where one is needed. */
    AUTHENTICATION_FAILED(20, false, "user or password was refused", "check the credentials"),
    /** The mechanism is not offered here. */
    UNSUPPORTED_MECHANISM(21, false, "authentication mechanism not offered", "choose another"),
    /** The user may not do this. */
    NOT_PERMITTED(22, false, "the user may not do this", "ask for the permission"),

    /** Another connection uses the client id. */
    CLIENT_ID_IN_USE(30, true, "the client id is in use", "close the other connection first"),
    /** A client id is missing where one is needed. */
    CLIENT_ID_NEEDED(31, false, "a client id is needed", "set the client id"),
    /** The destination does not exist and may not be made. */
    NO_SUCH_DESTINATION(32, false, "the destination does not exist", "create it or check its name"),
    /** The name is taken by a destination of the other kind. */
    WRONG_DESTINATION_KIND(33, false, "queue and topic were confused", "check the kind"),
    /** The name of a destination, subscription or client is not allowed. */
    INVALID_NAME(34, false, "the name is not allowed", "shorten it or change its characters"),
    /** The destination has consumers or belongs to another connection. */
    DESTINATION_IN_USE(35, true, "the destination is in use", "close its consumers first"),
    /** A temporary destination is consumed only by the connection that made it. */
    NOT_OWNER_OF_TEMPORARY(
            36,
            false,
            "the temporary destination is another connection's",
            "use its own connection"),

    /** The subscription has an active consumer that excludes this one. */
    SUBSCRIPTION_IN_USE(40, true, "the subscription is in use", "close its consumers first"),
    /** The shared subscription exists with another topic, selector or noLocal. */
    SUBSCRIPTION_MISMATCH(
            41, false, "the shared subscription differs", "use the same topic and selector"),
    /** The subscription does not exist. */
    NO_SUCH_SUBSCRIPTION(42, false, "the subscription does not exist", "check its name"),
    /** The selector does not follow the grammar. */
    INVALID_SELECTOR(43, false, "the selector is not valid", "correct it at the position named"),
    /** The consumer is not known on this connection. */
    NO_SUCH_CONSUMER(44, false, "the consumer is not known", "report it: it is a defect"),
    /** A settlement names a message that the consumer does not hold. */
    NOT_HELD(45, false, "the message is not held by this consumer", "it was released meanwhile"),
    /** The option of a destination or consumer is not known or not allowed. */
    INVALID_OPTION(46, false, "the option is not valid", "check its name and value"),
    /** What is sent to the destination waits, and can't wait longer. */
    DESTINATION_CLOSED(47, true, "the destination is closed to senders", "send it again later"),

    /** The transaction is not known: never begun, ended, or given up. */
    NO_SUCH_TRANSACTION(50, false, "the transaction is not known", "roll back and try again"),
    /** Something in the transaction was refused; it can only be rolled back. */
    TRANSACTION_DOOMED(51, true, "the transaction can only roll back", "roll back and try again"),
    /** The transaction was rolled back with its connection, and will never be committed. */
    NOT_COMMITTED(53, true, "the transaction was not committed", "do its work again"),
    /** The transaction is larger than the limit. */
    TRANSACTION_TOO_LARGE(52, false, "the transaction is too large", "commit more often"),

    /** Nothing was done in the transaction for longer than is allowed. */
    TRANSACTION_IDLE(54, true, "the transaction was idle too long", "do its work again"),
    /** Another branch of the user has this name. */
    DUPLICATE_BRANCH(55, false, "the branch exists already", "name each branch differently"),
    /** An operator has committed the branch. */
    HEURISTIC_COMMIT(56, false, "the branch was committed by an operator", "forget it"),
    /** An operator has rolled the branch back. */
    HEURISTIC_ROLLBACK(57, false, "the branch was rolled back by an operator", "forget it"),

    /** A message is larger than the limit. */
    MESSAGE_TOO_LARGE(60, false, "the message is too large", "send less or raise the limit"),
    /** A limit on the number of something is reached. */
    LIMIT_REACHED(61, true, "a limit is reached", "use less or raise the limit"),
    /** There is no room for the message now. */
    NO_ROOM(62, true, "there is no room left", "consume, purge, or give it more room"),
    /** A resend, or the question for an outcome, whose producer is forgotten. */
    PRODUCER_FORGOTTEN(63, false, "the producer is forgotten", "the outcome is unknown"),
    /** A send that was refused before its connection was lost; the reason is not known any more. */
    REFUSED_BEFORE(64, true, "the send was refused before", "send the message again"),

    /** The broker is stopping. */
    STOPPING(70, true, "the broker is stopping", "reconnect"),
    /** The store failed; the outcome of what was under way is unknown. */
    STORE_FAILED(71, true, "the store failed", "look at the broker's log and disk"),
    /** Another broker owns the endpoint (reserved for several brokers). */
    NOT_OWNER(72, true, "another broker owns this", "go to the endpoint named"),
    /** A feature that this version does not have. */
    NOT_SUPPORTED(73, false, "this is not supported", "see the list of what is not there yet"),
    /** The connection was lost. */
    CONNECTION_LOST(74, true, "the connection is lost", "reconnect"),
    /** A request was not answered in time. */
    TIMEOUT(
            75,
            true,
            "no answer came in time",
            "check the load of the broker, and its disk: sends wait while it is full"),
    /** The client has connected anew, and goes on there. */
    SUPERSEDED(76, false, "the client has connected anew", "use the new connection"),
    /** A defect of the broker. */
    INTERNAL(99, false, "the broker failed on this", "report it with the broker's log");

    private static final ErrorCode[] BY_NUMBER = new ErrorCode[100];

    static {
        for (ErrorCode code : values()) {
            if (BY_NUMBER[code.number] != null) {
                throw new IllegalStateException("two codes with number " + code.number);
            }
            BY_NUMBER[code.number] = code;
        }
    }

    private final int number;
    private final boolean retryable;
    private final String cause;
    private final String cure;

    ErrorCode(int number, boolean retryable, String cause, String cure) {
        this.number = number;
        this.retryable = retryable;
        this.cause = cause;
        this.cure = cure;
    }

    /**
     * Returns the number that stands for this code on the wire.
     *
     * @return 1 to 99
     */
    public int number() {
        return number;
    }

    /**
     * Tells whether the same request may succeed later.
     *
     * @return true if a retry can help
     */
    public boolean retryable() {
        return retryable;
    }

    /**
     * Returns the cause in one line.
     *
     * @return a clause without a full stop
     */
    public String reason() {
        return cause;
    }

    /**
     * Returns what to do about it in one line.
     *
     * @return a clause without a full stop
     */
    public String cure() {
        return cure;
    }

    /**
     * Returns the code with this number; a number from a newer peer reads as {@link #INTERNAL}.
     *
     * @param number any number
     * @return the code, never null
     */
    public static ErrorCode of(int number) {
        if (number < 0 || number >= BY_NUMBER.length || BY_NUMBER[number] == null) {
            return INTERNAL;
        }
        return BY_NUMBER[number];
    }
}
