// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.RecoveryEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.arjuna.recovery.RecoveryManager;
import com.arjuna.ats.internal.arjuna.recovery.AtomicActionRecoveryModule;
import com.arjuna.ats.internal.jta.recovery.arjunacore.JTANodeNameXAResourceOrphanFilter;
import com.arjuna.ats.internal.jta.recovery.arjunacore.JTATransactionLogXAResourceOrphanFilter;
import com.arjuna.ats.internal.jta.recovery.arjunacore.XARecoveryModule;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import com.arjuna.ats.jta.recovery.XAResourceRecoveryHelper;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;

import jakarta.transaction.TransactionManager;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The transaction manager of WildFly and Quarkus, as an application sets it up: with a log in a
 * folder, and a recovery that is run on request.
 */
public final class Narayana {
    /** How long it sees a branch that it has not decided before it rolls it back. */
    private static final int ORPHAN_MS = 500;

    private static final String NODE = "taffrail-test";

    private final RecoveryManager recovery;
    private final XARecoveryModule resources;

    /**
     * Sets it up; there is one in a JVM.
     *
     * @param log the folder of its log
     */
    public Narayana(Path log) {
        try {
            arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier(NODE);
        } catch (CoreEnvironmentBeanException e) {
            throw new AssertionError(e);
        }
        for (String store : Arrays.asList(null, "stateStore", "communicationStore")) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreDir(log.toString());
        }
        jtaPropertyManager.getJTAEnvironmentBean().setXaRecoveryNodes(List.of(NODE));
        jtaPropertyManager
                .getJTAEnvironmentBean()
                .setXaResourceOrphanFilters(
                        List.of(
                                new JTATransactionLogXAResourceOrphanFilter(),
                                new JTANodeNameXAResourceOrphanFilter()));
        jtaPropertyManager.getJTAEnvironmentBean().setOrphanSafetyInterval(ORPHAN_MS);
        // it opens the log: not before the log's folder is known
        resources = new XARecoveryModule();
        RecoveryEnvironmentBean bean =
                BeanPopulator.getDefaultInstance(RecoveryEnvironmentBean.class);
        bean.setRecoveryBackoffPeriod(1);
        bean.setRecoveryListener(false);
        bean.setRecoveryModules(List.of(new AtomicActionRecoveryModule(), resources));
        recovery = RecoveryManager.manager(RecoveryManager.DIRECT_MANAGEMENT);
        recovery.initialize();
    }

    /**
     * Returns it.
     *
     * @return the transaction manager
     */
    public TransactionManager manager() {
        return com.arjuna.ats.jta.TransactionManager.transactionManager();
    }

    /**
     * Has the recovery ask a resource.
     *
     * @param helper knows it
     */
    public void recoversFrom(XAResourceRecoveryHelper helper) {
        resources.addXAResourceRecoveryHelper(helper);
    }

    /** Has it ask a resource no more. */
    void recoversNoMoreFrom(XAResourceRecoveryHelper helper) {
        resources.removeXAResourceRecoveryHelper(helper);
    }

    /** Recovers, once. */
    public void recover() {
        recovery.scan();
    }
}
