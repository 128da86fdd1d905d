import type { WorkflowDefinitionOptions } from '@temporalio/common';
import { workflowInfo } from '@temporalio/workflow';

/**
 * For workflows that are a simple sequence of activities and may retry for days. Where workers are versioned, such workflows move to the
 * current build, so that they do not keep an old one running. Without versions the server rejects the option.
 */
export const autoUpgrade = (): WorkflowDefinitionOptions =>
  workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior: 'AUTO_UPGRADE' } : {};
