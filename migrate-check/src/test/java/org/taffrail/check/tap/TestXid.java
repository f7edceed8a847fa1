// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import javax.transaction.xa.Xid;

/** The name of one branch. */
final class TestXid implements Xid {
    @Override
    public int getFormatId() {
        return 4711;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return new byte[] {1, 2, 3};
    }

    @Override
    public byte[] getBranchQualifier() {
        return new byte[] {4};
    }
}
