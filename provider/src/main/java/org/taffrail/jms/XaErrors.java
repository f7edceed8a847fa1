// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;

import org.taffrail.wire.ErrorCode;

import javax.transaction.xa.XAException;

/**
 * The table from {@link ErrorCode}s to those of {@link XAException}, with two columns: for a branch
 * that is not prepared, where most failures mean that it is rolled back, and for one that is, where
 * it stays until its transaction manager hears how it has ended.
 */
final class XaErrors {
    private XaErrors() {}

    /**
     * Makes the exception for what kept a branch from being prepared, or from being committed in
     * one phase.
     */
    static XAException ofWork(JMSException failure) {
        ErrorCode code = codeOf(failure);
        return make(code == null ? XAException.XAER_RMFAIL : ofWork(code), failure);
    }

    /** Makes the exception for what kept a prepared branch from being ended, forgotten or found. */
    static XAException ofPrepared(JMSException failure) {
        ErrorCode code = codeOf(failure);
        return make(code == null ? XAException.XAER_RMFAIL : ofPrepared(code), failure);
    }

    /**
     * A transaction manager takes {@code XAER_RMFAIL} for "not known", and asks again after a
     * recovery. Narayana does not know {@code XA_RBTRANSIENT} as an answer to prepare, and takes it
     * for a hazard: it is never used.
     */
    static int ofWork(ErrorCode code) {
        return switch (code) {
            case NO_SUCH_TRANSACTION, NOT_COMMITTED -> XAException.XA_RBCOMMFAIL;
            case TRANSACTION_DOOMED -> XAException.XA_RBROLLBACK;
            case TRANSACTION_IDLE -> XAException.XA_RBTIMEOUT;
            case DUPLICATE_BRANCH -> XAException.XA_RBPROTO;
            case TRANSACTION_TOO_LARGE,
                    LIMIT_REACHED,
                    NO_ROOM,
                    DESTINATION_CLOSED,
                    REFUSED_BEFORE ->
                    XAException.XA_RBOTHER;
            case CONNECTION_LOST,
                    HEARTBEAT_TIMEOUT,
                    TIMEOUT,
                    STOPPING,
                    STORE_FAILED,
                    SUPERSEDED,
                    PRODUCER_FORGOTTEN,
                    NOT_OWNER ->
                    XAException.XAER_RMFAIL;
            default -> XAException.XAER_RMERR;
        };
    }

    /**
     * What is not known to have ended the branch is {@code XAER_RMFAIL}, so that it is asked for
     * again: as an answer to commit, {@code XAER_RMERR} means that the work was rolled back (X/Open
     * XA, {@code xa_commit}), and managers report that as a heuristic outcome.
     */
    static int ofPrepared(ErrorCode code) {
        return switch (code) {
            case NO_SUCH_TRANSACTION -> XAException.XAER_NOTA;
            case HEURISTIC_COMMIT -> XAException.XA_HEURCOM;
            case HEURISTIC_ROLLBACK -> XAException.XA_HEURRB;
            default -> XAException.XAER_RMFAIL;
        };
    }

    /** Tells whether a code says that the branch is rolled back. */
    static boolean isRollback(int xaCode) {
        return xaCode >= XAException.XA_RBBASE && xaCode <= XAException.XA_RBEND;
    }

    /** Returns null where nobody has refused anything, as with a thread that was interrupted. */
    private static ErrorCode codeOf(JMSException failure) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(failure.getErrorCode())) {
                return code;
            }
        }
        return null;
    }

    private static XAException make(int xaCode, JMSException failure) {
        return caused(make(xaCode, failure.getMessage()), failure);
    }

    /** Makes an exception. */
    static XAException make(int xaCode, String text) {
        XAException made = new XAException(text);
        made.errorCode = xaCode;
        return made;
    }

    /** Makes the exception of a move that is not legal now. */
    static XAException protocol(String text) {
        return make(XAException.XAER_PROTO, text);
    }

    /** Links an exception to its cause. */
    static XAException caused(XAException exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }
}
