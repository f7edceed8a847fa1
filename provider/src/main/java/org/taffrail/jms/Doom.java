// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.TransactionRolledBackException;

import org.taffrail.wire.ErrorCode;

import javax.transaction.xa.XAException;

/**
 * Why a transaction, or a branch of a global one, can only be rolled back.
 *
 * @param xaCode what the transaction manager hears
 * @param over whether it is rolled back at the broker already, so that nothing can be done in it
 * @param why for people: a clause
 * @param cause null where there is none
 */
record Doom(int xaCode, boolean over, String why, Throwable cause) {
    /** A send of it was refused. */
    static Doom refused(Throwable cause) {
        return new Doom(
                XAException.XA_RBROLLBACK,
                false,
                "a send in it was refused: " + cause.getMessage(),
                cause);
    }

    /** Its connection was lost. */
    static Doom interrupted(Throwable cause) {
        return new Doom(
                XAException.XA_RBCOMMFAIL,
                true,
                "its connection was lost: " + cause.getMessage(),
                cause);
    }

    /** Its time is over. */
    static Doom timedOut(int seconds) {
        return new Doom(
                XAException.XA_RBTIMEOUT,
                true,
                "it was not prepared within " + seconds + " seconds",
                null);
    }

    /** A session was closed that worked in it. */
    static Doom closed() {
        return new Doom(
                XAException.XA_RBROLLBACK, true, "a session was closed that worked in it", null);
    }

    /** The transaction manager wants it so. */
    static Doom failed() {
        return new Doom(XAException.XA_RBROLLBACK, false, "it was ended with TMFAIL", null);
    }

    /** Returns the cause as an application knows it: what the send would have thrown, say. */
    Throwable forApplication() {
        return cause == null ? null : JmsErrors.of(cause);
    }

    /** Makes what the transaction manager hears. */
    XAException toManager() {
        XAException made = XaErrors.make(xaCode, "the branch is rolled back: " + why);
        return cause == null ? made : XaErrors.caused(made, cause);
    }

    /** Makes what an application hears that would go on working in it. */
    TransactionRolledBackException toApplication() {
        TransactionRolledBackException made =
                new TransactionRolledBackException(
                        "the global transaction can only be rolled back: " + why,
                        ErrorCode.TRANSACTION_DOOMED.name());
        return cause == null ? made : JmsErrors.caused(made, forApplication());
    }
}
