// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.xa;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.RecoveryEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.arjuna.recovery.RecoveryManager;
import com.arjuna.ats.internal.arjuna.recovery.AtomicActionRecoveryModule;
import com.arjuna.ats.internal.jta.recovery.arjunacore.JTANodeNameXAResourceOrphanFilter;
import com.arjuna.ats.internal.jta.recovery.arjunacore.JTATransactionLogXAResourceOrphanFilter;
import com.arjuna.ats.internal.jta.recovery.arjunacore.XARecoveryModule;
import com.arjuna.ats.jta.common.JTAEnvironmentBean;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import com.arjuna.ats.jta.recovery.XAResourceRecoveryHelper;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;

import jakarta.transaction.TransactionManager;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * The transaction manager of WildFly and Quarkus, set up by hand: with its log in a folder, and a
 * recovery that is run on request. An application server does all this for its applications.
 */
final class Transactions {
    /** What the manager's branches are known by, in all resources. */
    private static final int NARAYANA_FORMAT = 131_077;

    private static final String NODE = "payments";

    /** For how long a branch that it has not decided must be seen before it is rolled back. */
    private static final int ORPHAN_MS = 500;

    private final RecoveryManager recovery;

    /**
     * Sets it up; there is one in a process.
     *
     * @param log the folder of its log
     * @param resources those that may have something to recover
     * @throws IllegalStateException if the node's name is none
     */
    Transactions(Path log, List<XAResource> resources) {
        try {
            arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier(NODE);
        } catch (CoreEnvironmentBeanException e) {
            throw new IllegalStateException(e);
        }
        for (String store : Arrays.asList(null, "stateStore", "communicationStore")) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreDir(log.toString());
        }
        JTAEnvironmentBean jta = jtaPropertyManager.getJTAEnvironmentBean();
        jta.setXaRecoveryNodes(List.of(NODE));
        jta.setXaResourceOrphanFilters(
                List.of(
                        new JTATransactionLogXAResourceOrphanFilter(),
                        new JTANodeNameXAResourceOrphanFilter()));
        jta.setOrphanSafetyInterval(ORPHAN_MS);
        // it opens the log: not before the log's folder is known
        XARecoveryModule module = new XARecoveryModule();
        XAResource[] all = resources.toArray(XAResource[]::new);
        module.addXAResourceRecoveryHelper(
                new XAResourceRecoveryHelper() {
                    @Override
                    public boolean initialise(String parameter) {
                        return true;
                    }

                    @Override
                    public XAResource[] getXAResources() {
                        return all.clone();
                    }
                });
        RecoveryEnvironmentBean bean =
                BeanPopulator.getDefaultInstance(RecoveryEnvironmentBean.class);
        bean.setRecoveryBackoffPeriod(1);
        bean.setRecoveryListener(false);
        bean.setRecoveryModules(List.of(new AtomicActionRecoveryModule(), module));
        recovery = RecoveryManager.manager(RecoveryManager.DIRECT_MANAGEMENT);
        recovery.initialize();
    }

    TransactionManager manager() {
        return com.arjuna.ats.jta.TransactionManager.transactionManager();
    }

    /**
     * Recovers until the resources have no branch of this manager any more.
     *
     * @return whether that was so in time
     */
    boolean recover(List<XAResource> resources, long waitMs) throws XAException {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
        while (branches(resources) > 0) {
            if (System.nanoTime() - endNanos > 0) {
                return false;
            }
            recovery.scan();
        }
        return true;
    }

    /** How many branches of this manager are prepared in the resources. */
    static int branches(List<XAResource> resources) throws XAException {
        int branches = 0;
        for (XAResource resource : resources) {
            for (Xid xid : resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)) {
                branches += xid.getFormatId() == NARAYANA_FORMAT ? 1 : 0;
            }
        }
        return branches;
    }
}
