// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;

import javax.transaction.xa.XAResource;

/** Watches a resource of global transactions. */
final class XaTap extends Tap {
    private static final long serialVersionUID = 1L;

    XaTap(XAResource delegate, Recorder recorder) {
        super(delegate, recorder);
    }

    @Override
    Object after(String name, Object[] args, Object result, Object noted) {
        switch (name) {
            case "start":
                recorder().used(Feature.XA_START);
                break;
            case "prepare":
                recorder().used(Feature.XA_PREPARE);
                break;
            case "commit":
                recorder()
                        .used(
                                Feature.XA_COMMIT,
                                Boolean.TRUE.equals(args[1]) ? "one-phase" : "two-phase");
                break;
            case "rollback":
                recorder().used(Feature.XA_ROLLBACK);
                break;
            case "recover":
                recorder().used(Feature.XA_RECOVER);
                break;
            default:
                break;
        }
        return result;
    }
}
