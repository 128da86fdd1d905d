import type { WorkflowDefinitionOptions } from '@temporalio/common';
import { workflowInfo } from '@temporalio/workflow';

/**
 * For workflows that are one plain row of activities and may try for days: where workers are versioned they go on at the current
 * build, or they would hold an old one up. Where they are not, the server refuses any such wish.
 */
export const movesOn = (): WorkflowDefinitionOptions =>
  workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior: 'AUTO_UPGRADE' } : {};
