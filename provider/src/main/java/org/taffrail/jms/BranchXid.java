// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import org.taffrail.wire.WireException;

import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/**
 * The name of a branch as transaction managers see it.
 *
 * @param name as the broker knows it
 */
record BranchXid(org.taffrail.wire.Xid name) implements Xid {
    /**
     * Reads the name that a transaction manager gives.
     *
     * @throws XAException {@link XAException#XAER_INVAL} if it is none
     */
    static org.taffrail.wire.Xid nameOf(Xid xid) throws XAException {
        if (xid == null) {
            throw XaErrors.make(XAException.XAER_INVAL, "no branch is named");
        }
        byte[] global = xid.getGlobalTransactionId();
        byte[] qualifier = xid.getBranchQualifier();
        if (global == null || qualifier == null) {
            throw XaErrors.make(XAException.XAER_INVAL, "a part of the branch's name is missing");
        }
        try {
            return new org.taffrail.wire.Xid(xid.getFormatId(), global, qualifier);
        } catch (WireException e) {
            throw XaErrors.caused(XaErrors.make(XAException.XAER_INVAL, e.getMessage()), e);
        }
    }

    @Override
    public int getFormatId() {
        return name.formatId();
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return name.global();
    }

    @Override
    public byte[] getBranchQualifier() {
        return name.qualifier();
    }

    /** Returns the name as the broker's commands show it. */
    @Override
    public String toString() {
        return name.toString();
    }
}
