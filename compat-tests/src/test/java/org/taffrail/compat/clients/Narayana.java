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
import java.util.List;

/**
 * The transaction manager of WildFly and Quarkus, as an application sets it up: with a log in a
 * folder, and a recovery that is run on request.
 */
final class Narayana {
    private static final String NODE = "taffrail-test";

    private final RecoveryManager recovery;
    private final XARecoveryModule resources = new XARecoveryModule();

    /**
     * Sets it up; there is one in a JVM.
     *
     * @param log the folder of its log
     */
    Narayana(Path log) {
        try {
            arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier(NODE);
        } catch (CoreEnvironmentBeanException e) {
            throw new AssertionError(e);
        }
        for (String store : List.of("default", "stateStore", "communicationStore")) {
            BeanPopulator.getNamedInstance(
                            ObjectStoreEnvironmentBean.class,
                            "default".equals(store) ? null : store)
                    .setObjectStoreDir(log.toString());
        }
        jtaPropertyManager.getJTAEnvironmentBean().setXaRecoveryNodes(List.of(NODE));
        jtaPropertyManager
                .getJTAEnvironmentBean()
                .setXaResourceOrphanFilters(
                        List.of(
                                new JTATransactionLogXAResourceOrphanFilter(),
                                new JTANodeNameXAResourceOrphanFilter()));
        RecoveryEnvironmentBean bean =
                BeanPopulator.getDefaultInstance(RecoveryEnvironmentBean.class);
        bean.setRecoveryBackoffPeriod(1);
        bean.setRecoveryListener(false);
        bean.setRecoveryModules(List.of(new AtomicActionRecoveryModule(), resources));
        recovery = RecoveryManager.manager(RecoveryManager.DIRECT_MANAGEMENT);
        recovery.initialize();
    }

    /** Returns the transaction manager. */
    TransactionManager manager() {
        return com.arjuna.ats.jta.TransactionManager.transactionManager();
    }

    /** Has the recovery ask these resources. */
    void recoversFrom(XAResourceRecoveryHelper helper) {
        resources.addXAResourceRecoveryHelper(helper);
    }

    /** Has it ask a resource no more. */
    void recoversNoMoreFrom(XAResourceRecoveryHelper helper) {
        resources.removeXAResourceRecoveryHelper(helper);
    }

    /** Recovers, once. */
    void recover() {
        recovery.scan();
    }
}
