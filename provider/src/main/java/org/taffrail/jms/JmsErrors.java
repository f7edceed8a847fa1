// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidClientIDRuntimeException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.InvalidSelectorRuntimeException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.MessageNotWriteableRuntimeException;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.ResourceAllocationRuntimeException;
import jakarta.jms.TransactionInProgressException;
import jakarta.jms.TransactionInProgressRuntimeException;
import jakarta.jms.TransactionRolledBackException;
import jakarta.jms.TransactionRolledBackRuntimeException;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The two tables of errors: from a broker's or link's {@link ErrorCode} to the exception that
 * Jakarta Messaging asks for, and from each such exception to its unchecked form in the simplified
 * API. An exception's error code is the {@link ErrorCode}'s symbol.
 */
public final class JmsErrors {
    private JmsErrors() {}

    /**
     * Makes the exception for whatever a link's call or future failed with.
     *
     * @param failure the failure; wrappers of futures are taken off
     * @return the failure itself where it is a {@code JMSException}, else one that it is linked to
     */
    public static JMSException of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof JMSException ready) {
            return ready;
        }
        if (cause instanceof WireException refusal) {
            return caused(of(refusal.code(), refusal.getMessage()), refusal);
        }
        return caused(of(ErrorCode.INTERNAL, String.valueOf(cause)), cause);
    }

    /**
     * Makes the exception for what kept a connection from being made, where no destination is meant
     * by an option that is not valid.
     *
     * @param failure the failure, as with {@link #of(Throwable)}
     * @return a plain {@code JMSException} for {@link ErrorCode#INVALID_OPTION}, else what {@link
     *     #of(Throwable)} returns
     */
    static JMSException ofConnecting(Throwable failure) {
        JMSException known = of(failure);
        return ErrorCode.INVALID_OPTION.name().equals(known.getErrorCode())
                ? caused(
                        new JMSException(known.getMessage(), known.getErrorCode()),
                        known.getCause())
                : known;
    }

    /**
     * Makes the exception for a code.
     *
     * @param code what is wrong
     * @param detail the values that matter; may be null
     * @return the exception that the table names, with cause and cure in its text
     */
    public static JMSException of(ErrorCode code, String detail) {
        String reason = code.reason() + "; " + code.cure();
        String text = detail == null ? reason : detail + " (" + reason + ")";
        return make(code, text, code.name());
    }

    /** The table; a code that is missing here does not compile. */
    private static JMSException make(ErrorCode code, String text, String symbol) {
        return switch (code) {
            case AUTHENTICATION_FAILED, UNSUPPORTED_MECHANISM, NOT_PERMITTED ->
                    new JMSSecurityException(text, symbol);
            case CLIENT_ID_IN_USE -> new InvalidClientIDException(text, symbol);
            case NO_SUCH_DESTINATION,
                    WRONG_DESTINATION_KIND,
                    INVALID_NAME,
                    NOT_OWNER_OF_TEMPORARY,
                    NO_SUCH_SUBSCRIPTION,
                    INVALID_OPTION ->
                    new InvalidDestinationException(text, symbol);
            case INVALID_SELECTOR -> new InvalidSelectorException(text, symbol);
            case CLIENT_ID_NEEDED,
                    DESTINATION_IN_USE,
                    SUBSCRIPTION_IN_USE,
                    SUBSCRIPTION_MISMATCH,
                    NO_SUCH_CONSUMER,
                    NOT_HELD ->
                    new IllegalStateException(text, symbol);
            case NO_SUCH_TRANSACTION,
                    NOT_COMMITTED,
                    TRANSACTION_DOOMED,
                    TRANSACTION_IDLE,
                    HEURISTIC_ROLLBACK ->
                    new TransactionRolledBackException(text, symbol);
            case TRANSACTION_TOO_LARGE, LIMIT_REACHED, NO_ROOM, DESTINATION_CLOSED ->
                    new ResourceAllocationException(text, symbol);
            case BAD_MAGIC,
                    UNSUPPORTED_VERSION,
                    MALFORMED,
                    FRAME_TOO_LARGE,
                    UNKNOWN_MANDATORY,
                    CORRUPT,
                    PROTOCOL_VIOLATION,
                    HEARTBEAT_TIMEOUT,
                    MESSAGE_TOO_LARGE,
                    PRODUCER_FORGOTTEN,
                    REFUSED_BEFORE,
                    SUPERSEDED,
                    STOPPING,
                    STORE_FAILED,
                    NOT_OWNER,
                    NOT_SUPPORTED,
                    CONNECTION_LOST,
                    TIMEOUT,
                    DUPLICATE_BRANCH,
                    HEURISTIC_COMMIT,
                    INTERNAL ->
                    new JMSException(text, symbol);
        };
    }

    /**
     * Links an exception to what caused it, for both ways in which an application may ask.
     *
     * @param <E> the exception's class
     * @param exception one without a cause
     * @param cause its cause
     * @return the exception
     */
    public static <E extends JMSException> E caused(E exception, Throwable cause) {
        exception.initCause(cause);
        if (cause instanceof Exception linked) {
            exception.setLinkedException(linked);
        }
        return exception;
    }

    /**
     * Makes the form that the simplified API throws (Jakarta Messaging 2.8.2): the class of the
     * same name where there is one, else {@code JMSRuntimeException}.
     *
     * @param exception the exception
     * @return its unchecked form, with text and error code kept and the exception as its cause
     */
    public static JMSRuntimeException unchecked(JMSException exception) {
        String text = exception.getMessage();
        String symbol = exception.getErrorCode();
        if (exception instanceof IllegalStateException) {
            return new IllegalStateRuntimeException(text, symbol, exception);
        }
        if (exception instanceof InvalidClientIDException) {
            return new InvalidClientIDRuntimeException(text, symbol, exception);
        }
        if (exception instanceof InvalidDestinationException) {
            return new InvalidDestinationRuntimeException(text, symbol, exception);
        }
        if (exception instanceof InvalidSelectorException) {
            return new InvalidSelectorRuntimeException(text, symbol, exception);
        }
        if (exception instanceof JMSSecurityException) {
            return new JMSSecurityRuntimeException(text, symbol, exception);
        }
        if (exception instanceof MessageFormatException) {
            return new MessageFormatRuntimeException(text, symbol, exception);
        }
        if (exception instanceof MessageNotWriteableException) {
            return new MessageNotWriteableRuntimeException(text, symbol, exception);
        }
        if (exception instanceof ResourceAllocationException) {
            return new ResourceAllocationRuntimeException(text, symbol, exception);
        }
        if (exception instanceof TransactionInProgressException) {
            return new TransactionInProgressRuntimeException(text, symbol, exception);
        }
        if (exception instanceof TransactionRolledBackException) {
            return new TransactionRolledBackRuntimeException(text, symbol, exception);
        }
        return new JMSRuntimeException(text, symbol, exception);
    }
}
