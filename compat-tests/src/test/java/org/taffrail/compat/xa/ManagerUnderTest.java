// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.xa;

import jakarta.jms.XAConnectionFactory;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;

import java.nio.file.Path;

import javax.sql.XADataSource;

/** A transaction manager in an application, with the two resources that it knows. */
interface ManagerUnderTest {
    /** Makes one of a name; its log is in a folder. */
    static ManagerUnderTest of(
            String name, Path log, XAConnectionFactory messages, XADataSource database)
            throws Exception {
        return switch (name) {
            case "narayana" -> new NarayanaUnderTest(log, messages, database);
            case "atomikos" -> new AtomikosUnderTest(log, messages, database);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Returns it. */
    TransactionManager transactions();

    /** Does something with messages in the current transaction. */
    void withSession(Mover.MessageWork work) throws Exception;

    /** Does something with the database in the current transaction. */
    void withTable(Mover.TableWork work) throws Exception;

    /** Gives up the current transaction, if there is one still. */
    default void abandon() {
        try {
            if (transactions().getTransaction() != null) {
                transactions().rollback();
            }
        } catch (SystemException e) {
            e.printStackTrace();
        }
    }

    /** Says whether something is left. */
    interface Remainder {
        boolean isThere() throws Exception;
    }

    /** Recovers until nothing is left. */
    void recoverAll(Remainder remainder) throws Exception;
}
